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

/** Whether there is a page to be served at all. */
export async function hasPage(folder: string): Promise<boolean> {
  return (await listFolder(folder)).includes("index.html");
}

/**
 * Reads a file of the page. Names are looked up in the listing of the folder, so none leads out of it.
 *
 * @returns undefined where there is no such file.
 */
export async function readStaticFile(
  folder: string,
  name: string,
): Promise<StaticFile | undefined> {
  const type = TYPES[extname(name)];
  if (type === undefined || !(await listFolder(folder)).includes(name)) return undefined;
  return { type, bytes: await readFile(join(folder, name)) };
}

/** The names of its files; none where there is no folder. */
async function listFolder(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  } catch {
    return [];
  }
}
