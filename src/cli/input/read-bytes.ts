import { constants } from "node:fs";
import { open } from "node:fs/promises";

/** Why a file cannot be read, in words. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EACCES: "this user may not read it",
  EPERM: "this user may not read it",
  EISDIR: "it is a folder",
};

/** Why a file was not read. */
export interface ReadFailure {
  readonly failure: string;
  readonly code?: string | undefined;
  readonly bytes?: undefined;
}

/** The most that is read unless told otherwise, in bytes: 16 MiB. */
export const MAX_BYTES = 16_777_216;

/**
 * Reads a file; the failure does not name it. What is no regular file is refused, since a pipe or a
 * device may never end.
 */
export async function readBytes(
  path: string,
  maxBytes = MAX_BYTES,
): Promise<
  { readonly bytes: Uint8Array<ArrayBuffer>; readonly failure?: undefined } | ReadFailure
> {
  try {
    const read = await readRegular(path, maxBytes);
    return typeof read === "string" ? { failure: read } : { bytes: read };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : undefined;
    const reason = code && (REASONS[code] ?? `it cannot be read (${code})`);
    return { failure: reason ?? "it cannot be read", code };
  }
}

/** The bytes, or why there are none. */
async function readRegular(
  path: string,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer> | string> {
  // Opening a pipe would wait for somebody to write.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stats = await file.stat();
    if (stats.isDirectory()) return "it is a folder";
    if (!stats.isFile()) return "it is a pipe or a device, and no file";
    // Files of the system say that they are empty, so what was read counts as well.
    const bytes = stats.size > maxBytes ? undefined : await file.readFile();
    return bytes && bytes.length <= maxBytes
      ? bytes
      : `it has more than ${maxBytes.toLocaleString("en")} bytes`;
  } finally {
    await file.close();
  }
}
