import { InvalidInputError } from "../errors/invalid-input-error.js";

/**
 * The runtime's Web Crypto.
 *
 * @throws {InvalidInputError} where there is none, as on pages that are neither `https:` nor loopback.
 */
export function webCrypto(): Crypto {
  const { crypto } = globalThis as { readonly crypto?: Partial<Crypto> };
  if (crypto?.subtle) return crypto as Crypto;
  throw new InvalidInputError(
    "crypto.subtle",
    "there: this runtime has no Web Crypto (pages have it over https: and on loopback only)",
  );
}
