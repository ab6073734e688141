import { constants } from "node:fs";
import { open } from "node:fs/promises";

/** The reasons why a file cannot be read, by the code of the error. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "the file does not exist",
  EACCES: "this user has no permission to read it",
  EPERM: "this user has no permission to read it",
  EISDIR: "it is a folder",
};

/** The reason why a file was not read. */
export interface ReadFailure {
  readonly failure: string;
  readonly code?: string | undefined;
  readonly bytes?: undefined;
}

/** The default maximum size of a file, in bytes: 16 MiB. */
export const MAX_BYTES = 16_777_216;

/**
 * Reads a regular file. The failure does not name the file. Pipes and devices are refused, because
 * they may never end.
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

/** Returns the bytes, or the reason why the file was refused. */
async function readRegular(
  path: string,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer> | string> {
  // Without O_NONBLOCK, opening a pipe would wait for a writer.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stats = await file.stat();
    if (stats.isDirectory()) return "it is a folder";
    if (!stats.isFile()) return "it is a pipe or a device";
    // Files of the system report a size of 0, so check the size after reading, too.
    const bytes = stats.size > maxBytes ? undefined : await file.readFile();
    return bytes && bytes.length <= maxBytes
      ? bytes
      : `it is larger than ${maxBytes.toLocaleString("en")} bytes`;
  } finally {
    await file.close();
  }
}
