import { InvalidSignatureError } from "../errors/invalid-signature-error.js";

const encoder = new TextEncoder();

/**
 * The raw bytes of a body; a string stands for its UTF-8 bytes.
 *
 * @throws {InvalidSignatureError} with the reason `body_not_raw` for anything else.
 */
export function toBytes(body: unknown): Uint8Array {
  if (typeof body === "string") return encoder.encode(body);
  // By its tag, since that of another realm (a test environment, say) has another constructor.
  if (Object.prototype.toString.call(body) === "[object Uint8Array]") return body as Uint8Array;
  throw new InvalidSignatureError(
    "body_not_raw",
    "the body must be the raw bytes or text that arrived: a body parser (such as express.json()) has replaced or used it up; take the raw body before the parser does",
  );
}
