import { randomUUID } from "node:crypto";
import { open, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** The reasons why a file cannot be written, by the code of the error. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "its folder does not exist",
  ENOTDIR: "its folder is a file",
  EISDIR: "it is a folder",
  EACCES: "this user has no permission to write it",
  EPERM: "this user has no permission to write it",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
  EDQUOT: "the quota of the disk is used up",
  ENAMETOOLONG: "its name is too long",
};

/** Readable for everybody, because the written files contain no secrets. */
const MODE = 0o644;

/** Options of writing a file. */
export interface WriteTextOptions {
  /** Whether to replace an existing file. */
  readonly replaces: boolean;
}

/** The failure when the file exists and may not be replaced. */
export const EXISTS = "the file exists already";

/**
 * Writes a file atomically: a reader sees either the old content or the whole text, even if the process
 * is killed or the disk is full.
 *
 * @returns the reason why it was not written, without the name of the file; undefined on success.
 */
export async function writeText(
  path: string,
  text: string,
  { replaces }: WriteTextOptions,
): Promise<string | undefined> {
  // Replaces the target of a symbolic link rather than the link.
  const target = await realpath(path).catch(() => path);
  // In the same folder, because only a rename within a file system is atomic.
  const beside = join(dirname(target), `.${basename(target).slice(0, 100)}.${randomUUID()}.tmp`);
  let isReserved = false;
  try {
    const stats = await stat(target).catch(() => undefined);
    if (stats?.isDirectory()) return REASONS["EISDIR"];
    if (stats && !replaces) return EXISTS;
    await writeSynced(beside, text);
    if (!replaces) {
      await reserve(target);
      isReserved = true;
    }
    await rename(beside, target);
    return undefined;
  } catch (error) {
    for (const path of isReserved ? [beside, target] : [beside]) {
      await rm(path, { force: true }).catch(() => undefined);
    }
    return explain(error);
  }
}

async function writeSynced(path: string, text: string): Promise<void> {
  const file = await open(path, "wx", MODE);
  try {
    await file.writeFile(text);
    // Overrides the umask of the process.
    await file.chmod(MODE);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Reserves the name for a finished file, so that the rename replaces no other file. */
async function reserve(path: string): Promise<void> {
  const file = await open(path, "wx", MODE);
  await file.close();
}

function explain(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
  if (code === "EEXIST") return EXISTS;
  return REASONS[code] ?? `it cannot be written (${code})`;
}
