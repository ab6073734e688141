import { join } from "node:path";
import { GenerateError } from "../generate-error.js";
import { readSpecFiles } from "../stamp.js";

/** A file on disk or in a commit. */
export interface RawFile {
  /** Relative to the root of the project, with slashes: `spec/pages/a.md`. */
  name: string;
  bytes: Uint8Array;
}

/** Reads all files in `spec` under `root` and its subfolders, ordered by name. */
export function readFolder(root: string): RawFile[] {
  try {
    return readSpecFiles(root).map(([name, bytes]) => ({ name, bytes }));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new GenerateError(
      `Expected the vendor's pages in ${join(root, "spec")}, but that folder cannot be read: ` +
        `${reason.replace(/\.$/, "")}; run this command in the root of the package.`,
      { cause: error },
    );
  }
}
