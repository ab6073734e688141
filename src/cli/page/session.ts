import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** Identifies the browser that opened the page's address. */
export interface Session {
  /** The path to open, which works once. */
  readonly path: string;
  /** Returns the `Set-Cookie` header in exchange for the key; undefined for a wrong or used key. */
  readonly exchange: (key: string) => string | undefined;
  /** Whether a `Cookie` header contains the cookie of {@link exchange}. */
  readonly isKnown: (cookies: string | undefined) => boolean;
}

/** The path prefix of the page. */
export const PAGE_ROOT = "/_/";

/** The path before the key. The key is not in the query, because all output masks keys in a query. */
export const START_PATH = `${PAGE_ROOT}start/`;

/** @param port - part of the cookie's name, because browsers share cookies between ports. */
export function createSession(port: number): Session {
  const [key, ticket] = [createKey(), createKey()];
  const name = `linq_webhooks_${port}`;
  let isUsed = false;
  return {
    path: START_PATH + key,
    exchange: (given) => {
      if (isUsed || !isEqual(given, key)) return undefined;
      isUsed = true;
      return `${name}=${ticket}; Path=${PAGE_ROOT}; HttpOnly; SameSite=Strict`;
    },
    isKnown: (cookies = "") =>
      cookies.split(";").some((cookie) => {
        const [given, value = ""] = cookie.trim().split("=", 2);
        return given === name && isEqual(value, ticket);
      }),
  };
}

/** Creates a random key of 256 bits. */
function createKey(): string {
  return randomBytes(32).toString("base64url");
}

/** Compares in constant time. */
function isEqual(a: string, b: string): boolean {
  const [first, second] = [a, b].map((text) => createHash("sha256").update(text).digest());
  return first !== undefined && second !== undefined && timingSafeEqual(first, second);
}
