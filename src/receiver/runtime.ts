import { webCrypto } from "../checks/web-crypto.js";

/** HMAC-SHA256 under one secret: 32 bytes for each body. */
export type Hmac = (body: Uint8Array) => Uint8Array | Promise<Uint8Array>;

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
  return async (body) =>
    new Uint8Array(await subtle.sign(ALGORITHM, await key, new Uint8Array(body)));
}

/** Whether work goes on after its request has been answered; else it needs a `waitUntil`. */
export const outlivesAnswer = false;
