import { readFile } from "node:fs/promises";

/** Why a file cannot be read, in words. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EACCES: "this user may not read it",
  EPERM: "this user may not read it",
  EISDIR: "it is a folder",
};

/** What came of reading a file. */
export type ReadText =
  | { readonly text: string; readonly failure?: undefined; readonly code?: undefined }
  | { readonly failure: string; readonly code?: string | undefined; readonly text?: undefined };

/** Reads a file of UTF-8 text, without its byte order mark; the failure does not name the file. */
export async function readText(path: string): Promise<ReadText> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : undefined;
    const reason = code && (REASONS[code] ?? `it cannot be read (${code})`);
    return { failure: reason ?? "it cannot be read", code };
  }
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    return { failure: "it is not UTF-8 text" };
  }
}
