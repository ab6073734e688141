import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Returns the path of a file in this package, whether this code runs from `src/` or from `dist/`. */
export function packagePath(path: string): string {
  let folder = new URL("./", import.meta.url);
  while (folder.pathname !== "/" && !existsSync(new URL("package.json", folder))) {
    folder = new URL("../", folder);
  }
  return fileURLToPath(new URL(path, folder));
}
