import { GenerateError } from "../generate-error.js";
import type { RawFile } from "./read-folder.js";
import type { SourceFile } from "./source-document.js";

/** Decodes a file as UTF-8, or as UTF-16 if it begins with that byte order mark. */
export function decodeText({ name, bytes }: RawFile): SourceFile {
  const encoding = encodingOf(bytes);
  try {
    // The decoder removes the byte order mark.
    return { name, text: new TextDecoder(encoding, { fatal: true }).decode(bytes) };
  } catch (error) {
    throw new GenerateError(`${name} is not text in ${encoding}: save it as UTF-8.`, {
      cause: error,
    });
  }
}

function encodingOf([first, second]: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
}
