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
  // By tag, since an array of another realm (such as a test environment) has another constructor.
  const tag = Object.prototype.toString.call(body);
  if (tag === "[object Uint8Array]") return body as Uint8Array;
  if (tag === "[object ArrayBuffer]") return new Uint8Array(body as ArrayBuffer);
  throw new InvalidSignatureError(
    "body_not_raw",
    isUnread(body, tag)
      ? "the body must be the raw bytes or text, but no parser has read it: use one that reads every content type, such as express.raw({ type: () => true })"
      : "the body must be the raw bytes or text, but a body parser (such as express.json()) has replaced or consumed it: take the raw body before the parser does",
  );
}

/** If no parser has read the body, Express 4 leaves an empty object, and Express 5 undefined. */
function isUnread(body: unknown, tag: string): boolean {
  return (
    body === undefined || (tag === "[object Object]" && Object.keys(body as object).length === 0)
  );
}
