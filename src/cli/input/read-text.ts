import { MAX_BYTES, readBytes } from "./read-bytes.js";

/** The text of a file, or the reason why it was not read. */
export type ReadText =
  | { readonly text: string; readonly failure?: undefined; readonly code?: undefined }
  | { readonly failure: string; readonly code?: string | undefined; readonly text?: undefined };

/** Reads a regular file of UTF-8 text, without its byte order mark; the failure does not name the file. */
export async function readText(path: string, maxBytes = MAX_BYTES): Promise<ReadText> {
  const read = await readBytes(path, maxBytes);
  if (read.failure !== undefined) return read;
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(read.bytes) };
  } catch {
    return { failure: "it is not UTF-8 text" };
  }
}
