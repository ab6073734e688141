import { InvalidSignatureError } from "../errors/invalid-signature-error.js";

const encoder = new TextEncoder();

/**
 * A body as it arrived, before any parser; a string stands for its UTF-8 bytes.
 *
 * @inline
 */
export type RawBody = string | Uint8Array | ArrayBuffer;

/**
 * The raw bytes of a body.
 *
 * @throws {InvalidSignatureError} with the reason `body_not_raw` for anything else.
 */
export function toBytes(body: unknown): Uint8Array {
  if (typeof body === "string") return encoder.encode(body);
  if (body instanceof Uint8Array) return body;
  // By its tag, since that of another realm (a test environment, say) has another constructor.
  const tag = Object.prototype.toString.call(body);
  if (tag === "[object Uint8Array]") return body as Uint8Array;
  if (tag === "[object ArrayBuffer]") return new Uint8Array(body as ArrayBuffer);
  throw new InvalidSignatureError(
    "body_not_raw",
    isUnread(body, tag)
      ? "the body must be the raw bytes or text that arrived, and no parser has read it: have one do that for whatever content type, such as express.raw({ type: () => true })"
      : "the body must be the raw bytes or text that arrived: a body parser (such as express.json()) has replaced or used it up; take the raw body before the parser does",
  );
}

/** What Express leaves where no parser has taken the body: an empty object in version 4, nothing in 5. */
function isUnread(body: unknown, tag: string): boolean {
  return (
    body === undefined || (tag === "[object Object]" && Object.keys(body as object).length === 0)
  );
}
