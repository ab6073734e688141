import { readText, type ReadText } from "./read-text.js";

/** In bytes: far more than any secret needs. */
const MAX_BYTES = 65_536;

/** Reads a file that contains one secret, without the line break that editors add at the end. */
export async function readSecretFile(path: string): Promise<ReadText> {
  const read = await readText(path, MAX_BYTES);
  // A Unix or a Windows line break.
  return read.text === undefined ? read : { text: read.text.replace(/\r?\n$/, "") };
}
