import { readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";

/** A file of the page. */
export interface StaticFile {
  readonly type: string;
  readonly bytes: Uint8Array;
}

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".map": "application/json",
};

/** Whether the folder contains the page. */
export async function hasPage(folder: string): Promise<boolean> {
  return (await listFolder(folder)).includes("index.html");
}

/**
 * Reads a file of the page. It accepts only names from the listing of the folder, so a name cannot
 * escape the folder.
 *
 * @returns undefined if the file does not exist.
 */
export async function readStaticFile(
  folder: string,
  name: string,
): Promise<StaticFile | undefined> {
  const type = TYPES[extname(name)];
  if (type === undefined || !(await listFolder(folder)).includes(name)) return undefined;
  return { type, bytes: await readFile(join(folder, name)) };
}

/** Lists the names of the files in a folder; empty if the folder does not exist. */
async function listFolder(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  } catch {
    return [];
  }
}
