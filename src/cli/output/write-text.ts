import { randomUUID } from "node:crypto";
import { open, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** Why a file cannot be written, in words. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "its folder does not exist",
  ENOTDIR: "its folder is a file",
  EISDIR: "it is a folder",
  EACCES: "this user may not write there",
  EPERM: "this user may not write there",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
  EDQUOT: "the quota of the disk is used up",
  ENAMETOOLONG: "its name is too long",
};

/** What everybody may read; what is written holds no secrets. */
const MODE = 0o644;

/** Where something is written, and over what. */
export interface WriteTextOptions {
  /** Whether what is there may be replaced. */
  readonly replaces: boolean;
}

/** That there is something already that may not be replaced. */
export const EXISTS = "there is such a file already";

/**
 * Writes a file as a whole: whoever reads it sees what was there before or all of the text, also when
 * the process is killed or the disk is full.
 *
 * @returns why it was not written, without the name of the file; undefined when it was.
 */
export async function writeText(
  path: string,
  text: string,
  { replaces }: WriteTextOptions,
): Promise<string | undefined> {
  // What a link leads to is replaced, and not the link.
  const target = await realpath(path).catch(() => path);
  // Beside its place, since only there it can be moved in one step.
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
    // Whatever the process takes away from the mode of new files.
    await file.chmod(MODE);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Takes the name for a file that is complete already, so that nobody else's is replaced. */
async function reserve(path: string): Promise<void> {
  const file = await open(path, "wx", MODE);
  await file.close();
}

function explain(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
  if (code === "EEXIST") return EXISTS;
  return REASONS[code] ?? `it cannot be written (${code})`;
}
