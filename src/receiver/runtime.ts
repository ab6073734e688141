import { webCrypto } from "../checks/web-crypto.js";

/**
 * HMAC-SHA256 with one secret: returns 64 lower-case hexadecimal digits for a body, synchronously where
 * the runtime can.
 */
export type Hmac = (body: Uint8Array) => string | Promise<string>;

const ALGORITHM = { name: "HMAC", hash: "SHA-256" };

/** Creates an {@link Hmac} with the UTF-8 bytes of a secret. Uses Web Crypto, which all runtimes have. */
export function createHmac(secret: string): Hmac {
  const { subtle } = webCrypto();
  const key = subtle.importKey(
    "raw",
    new TextEncoder().encode(secret),
    ALGORITHM,
    false, // The key need not be exported.
    ["sign"],
  );
  // A copy, since Web Crypto does not accept shared memory.
  return async (body) => toHex(await subtle.sign(ALGORITHM, await key, new Uint8Array(body)));
}

function toHex(digest: ArrayBuffer): string {
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Whether work continues after its request has been answered; if not, it needs a `waitUntil`. */
export const outlivesAnswer = false;
