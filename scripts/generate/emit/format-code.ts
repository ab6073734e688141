import { format, resolveConfig } from "prettier";
import { fileURLToPath } from "node:url";

/** This file stands for the package: its prettier options are used, not those of a working directory. */
const INSIDE_PACKAGE = fileURLToPath(import.meta.url);

/** Formats a file as `npm run format` would. */
export async function formatCode(name: string, code: string): Promise<string> {
  const options = await resolveConfig(INSIDE_PACKAGE, { editorconfig: true });
  return format(code, { ...options, filepath: name });
}
