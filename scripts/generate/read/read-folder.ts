import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { GenerateError } from "../generate-error.js";
import { byCodeUnit } from "../json.js";

/** A file as it lies on the disk or in a commit. */
export interface RawFile {
  /** Seen from the root of the project, with slashes: `spec/pages/a.md`. */
  name: string;
  bytes: Uint8Array;
}

/** Reads all files of the folder `spec` under `root` and of the folders in it, ordered by name. */
export async function readFolder(root: string): Promise<RawFile[]> {
  const names = (await listFolder(join(root, "spec")))
    .map((path) => relative(root, path).split(sep).join("/"))
    .filter(isSource)
    .sort(byCodeUnit);
  return Promise.all(
    names.map(async (name) => ({ name, bytes: await readFile(join(root, name)) })),
  );
}

/** Hidden files and backups are the business of editors. */
export function isSource(name: string): boolean {
  return !name.split("/").some((part) => part.startsWith(".")) && !name.endsWith("~");
}

async function listFolder(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    throw new GenerateError(
      `Expected the vendor's pages in ${folder}, but that folder cannot be read. ` +
        `Run this from the root of the package.`,
      { cause: error },
    );
  }
}
