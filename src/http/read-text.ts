import { InvalidResponseError } from "../errors/invalid-response-error.js";
import type { RequestContext } from "../errors/request-error.js";
import { headersOf } from "./plain-answer.js";

/**
 * Reads the text of an answer, up to so many bytes. What is compressed counts as what it comes to.
 *
 * @throws {InvalidResponseError} for more; nothing of it is read then that has not been read yet.
 */
export async function readText(
  response: Response,
  maxBytes: number,
  context: RequestContext,
): Promise<string> {
  const { status, body, bodyUsed } = response;
  const headers = headersOf(response);
  const refuse = (): InvalidResponseError => {
    const expected = `at most ${maxBytes.toLocaleString("en")} bytes`;
    const advice = "check `baseUrl`, or raise `maxAnswerBytes`";
    const details = { status, contentType: undefined, field: "", expected, preview: "", advice };
    return new InvalidResponseError(details, context);
  };
  // What says how long it is, and is not compressed, is no longer. Some runtimes have no streams here,
  // and nothing else to count by; and what somebody has read fails by itself.
  const length = headers.get("content-encoding") === null && headers.get("content-length");
  const isShort = Boolean(length) && Number(length) <= maxBytes;
  if (isShort || typeof body?.getReader !== "function" || bodyUsed) {
    const text = await response.text();
    if (text.length > maxBytes) throw refuse();
    return text;
  }
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  let count = 0;
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return decode(chunks, count);
    count += value.byteLength;
    if (count > maxBytes) {
      // A failure to cancel it changes nothing.
      reader.cancel().catch(() => undefined);
      throw refuse();
    }
    chunks.push(value);
  }
}

/** One for all: making one takes longer than decoding a short text. */
const decoder = new TextDecoder();

function decode(chunks: readonly Uint8Array[], count: number): string {
  const [first] = chunks;
  if (first && chunks.length === 1) return decoder.decode(first);
  const bytes = new Uint8Array(count);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return decoder.decode(bytes);
}
