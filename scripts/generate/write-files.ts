import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { byCodeUnit } from "./json.js";

/** How a folder differs from its expected content. */
export interface Staleness {
  /** Names of files that exist with other content. */
  stale: string[];
  missing: string[];
  /** Names of files and folders that are not expected. */
  leftOver: string[];
}

/** Compares a folder with its expected files, by name. */
export async function findStale(
  folder: string,
  files: ReadonlyMap<string, string>,
): Promise<Staleness> {
  const present = await namesIn(folder);
  const wanted = [...files.keys()];
  const isStale = await Promise.all(
    wanted.map(async (name) => {
      return (
        present.includes(name) && (await readFile(join(folder, name), "utf8")) !== files.get(name)
      );
    }),
  );
  return {
    stale: wanted.filter((_, index) => isStale[index]),
    missing: wanted.filter((name) => !present.includes(name)),
    leftOver: present.filter((name) => !files.has(name)),
  };
}

/**
 * Makes a folder hold exactly these files. Writes all of them to temporary files before it renames
 * the first one, so that a full disk leaves the old files intact. Returns the differences it found.
 */
export async function writeFiles(
  folder: string,
  files: ReadonlyMap<string, string>,
): Promise<Staleness> {
  const found = await findStale(folder, files);
  const { stale, missing, leftOver } = found;
  await mkdir(folder, { recursive: true });
  const moves = [...stale, ...missing].map((name) => ({
    from: join(folder, `.${name}.${process.pid}.tmp`),
    to: join(folder, name),
    text: files.get(name) ?? "",
  }));
  try {
    for (const { from, text } of moves) await writeFile(from, text);
    for (const { from, to } of moves) await rename(from, to);
  } finally {
    for (const { from } of moves) await rm(from, { force: true });
  }
  for (const name of leftOver) await rm(join(folder, name), { recursive: true });
  return found;
}

async function namesIn(folder: string): Promise<string[]> {
  const names = (await unlessMissing(readdir(folder))) ?? [];
  // The file manager of macOS leaves .DS_Store in every folder that it opens.
  return names.filter((name) => name !== ".DS_Store").sort(byCodeUnit);
}

async function unlessMissing<T>(found: Promise<T>): Promise<T | undefined> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
