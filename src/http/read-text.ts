import { InvalidResponseError } from "../errors/invalid-response-error.js";
import type { RequestContext } from "../errors/request-error.js";
import { headersOf } from "./plain-answer.js";

/**
 * Reads the text of an answer. A compressed body counts with its decompressed size.
 *
 * @throws {InvalidResponseError} for a body of more than `maxBytes`, without reading the rest of it.
 */
export async function readText(
  response: Response,
  maxBytes: number,
  context: RequestContext,
): Promise<string> {
  const headers = headersOf(response);
  const refuse = (): InvalidResponseError => {
    const expected = `at most ${maxBytes.toLocaleString("en")} bytes`;
    const advice = "check `baseUrl`, or raise `maxAnswerBytes`";
    const { status } = response;
    const details = { status, contentType: undefined, field: "", expected, preview: "", advice };
    return new InvalidResponseError(details, context);
  };
  // An uncompressed body is never longer than its `content-length`. Some runtimes have no streams or no
  // decoder, so the bytes cannot be counted there. For a body that was read before, `text()` throws.
  const length = headers.get("content-length");
  const isShort =
    Boolean(length) && Number(length) <= maxBytes && headers.get("content-encoding") === null;
  const stream = isShort || response.bodyUsed ? undefined : response.body;
  if (typeof stream?.getReader !== "function" || typeof TextDecoder !== "function") {
    const text = await response.text();
    if (text.length > maxBytes) throw refuse();
    return text;
  }
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let count = 0;
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return decode(chunks, count);
    count += value.byteLength;
    if (count > maxBytes) {
      // A failure to cancel changes nothing.
      reader.cancel().catch(() => undefined);
      throw refuse();
    }
    chunks.push(value);
  }
}

/**
 * One decoder for all texts, because making one takes longer than decoding a short text. It is made on
 * first use, because some runtimes have none.
 */
let decoder: TextDecoder | undefined;

function decode(chunks: readonly Uint8Array[], count: number): string {
  decoder ??= new TextDecoder();
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
