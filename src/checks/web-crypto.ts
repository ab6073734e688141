import { InvalidInputError } from "../errors/invalid-input-error.js";

/**
 * The runtime's Web Crypto.
 *
 * @throws {InvalidInputError} if the runtime has none, as on pages that are neither `https:` nor loopback.
 */
export function webCrypto(): Crypto {
  const { crypto } = globalThis as { readonly crypto?: Partial<Crypto> };
  if (crypto?.subtle) return crypto as Crypto;
  throw new InvalidInputError(
    "crypto.subtle",
    "available: this runtime has no Web Crypto (pages have it only over https: or on loopback)",
  );
}
