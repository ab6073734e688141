import { InvalidInputError } from "../errors/invalid-input-error.js";

/**
 * Signs the body of a delivery as the API does: HMAC-SHA256 over the raw bytes, under the UTF-8
 * bytes of the secret. Needs Web Crypto, which browsers offer on `https:` and loopback pages only.
 *
 * @param body - the exact body; a string stands for its UTF-8 bytes.
 * @param secret - the secret of the subscription, not empty.
 * @returns the value of the `X-Webhook-Signature` header: `sha256=` and 64 hexadecimal digits.
 * @throws {InvalidInputError} when the secret is empty, since anybody could sign with that.
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
export async function signBody(body: string | Uint8Array, secret: string): Promise<string> {
  if (secret === "") throw new InvalidInputError("secret", "a string that is not empty");
  const bytes = typeof body === "string" ? encoder.encode(body) : new Uint8Array(body);
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", encoder.encode(secret), algorithm, false, [
    "sign",
  ]);
  return `sha256=${toHex(await crypto.subtle.sign("HMAC", key, bytes))}`;
}

const encoder = new TextEncoder();

function toHex(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
