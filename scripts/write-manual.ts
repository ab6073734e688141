import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";
import { replaceBlock } from "./manual-block.js";
import { toUrl } from "./manuals.js";

/** Writes a text between the comments of a command in the manual that has them, and formats it. */
export async function writeManual(command: string, text: string): Promise<void> {
  const { path, page } = replaceBlock(command, text);
  const options = await resolveConfig(fileURLToPath(toUrl(path)));
  await writeFile(toUrl(path), await format(page, { ...options, parser: "markdown" }));
}
