import { readText, type ReadText } from "./read-text.js";

/** In bytes: far more than any secret has. */
const MAX_BYTES = 65_536;

/** Reads a file that holds one secret, without the line break with which editors end it. */
export async function readSecretFile(path: string): Promise<ReadText> {
  const read = await readText(path, MAX_BYTES);
  // Of Unix or of Windows.
  return read.text === undefined ? read : { text: read.text.replace(/\r?\n$/, "") };
}
