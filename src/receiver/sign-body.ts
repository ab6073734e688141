import { InvalidInputError } from "../errors/invalid-input-error.js";
import { createHmac } from "#receiver/runtime";
import { type RawBody, toBytes } from "./to-bytes.js";

/**
 * Signs the body of a delivery as the API does: HMAC-SHA256 over the raw bytes, with the UTF-8 bytes of
 * the secret as the key. Outside Node it needs Web Crypto, which browsers offer only on `https:` and
 * loopback pages.
 *
 * @param body - the exact body; a string stands for its UTF-8 bytes.
 * @param secret - the secret of the subscription, not empty.
 * @returns the value of the `X-Webhook-Signature` header: `sha256=` and 64 hexadecimal digits.
 * @throws {InvalidInputError} when the secret is empty, since anyone could sign with it.
 * @throws {InvalidSignatureError} with the reason `body_not_raw` when the body is neither a string nor
 * bytes.
 *
 * @example
 * ```ts
 * const body = JSON.stringify({ event_type: "message.received", data: {} });
 * const signature = await signBody(body, "a long random secret");
 * await fetch("http://localhost:3000/hook", {
 *   method: "POST",
 *   headers: { "content-type": "application/json", "X-Webhook-Signature": signature },
 *   body,
 * });
 * ```
 */
export async function signBody(body: RawBody, secret: string): Promise<string> {
  if (secret === "") throw new InvalidInputError("secret", "a non-empty string");
  return `sha256=${await createHmac(secret)(toBytes(body))}`;
}
