import { webCrypto } from "../checks/web-crypto.js";

/**
 * HMAC-SHA256 under one secret: 64 hexadecimal digits in small letters for each body, at once where
 * the runtime can.
 */
export type Hmac = (body: Uint8Array) => string | Promise<string>;

const ALGORITHM = { name: "HMAC", hash: "SHA-256" };

/** Makes an {@link Hmac} under the UTF-8 bytes of a secret: with Web Crypto, which all runtimes have. */
export function createHmac(secret: string): Hmac {
  const { subtle } = webCrypto();
  const key = subtle.importKey(
    "raw",
    new TextEncoder().encode(secret),
    ALGORITHM,
    false, // Nobody needs to read it back.
    ["sign"],
  );
  // A copy, since Web Crypto takes no memory that other threads share.
  return async (body) => toHex(await subtle.sign(ALGORITHM, await key, new Uint8Array(body)));
}

function toHex(digest: ArrayBuffer): string {
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Whether work goes on after its request has been answered; else it needs a `waitUntil`. */
export const outlivesAnswer = false;
