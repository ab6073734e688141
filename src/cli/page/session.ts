import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** Tells the browser that has been given the page's address from everybody else. */
export interface Session {
  /** The path to open, which works once. */
  readonly path: string;
  /** The `Set-Cookie` header for whoever has the key; undefined for a key that is wrong, or used up. */
  readonly exchange: (key: string) => string | undefined;
  /** Whether a `Cookie` header holds what {@link exchange} has given. */
  readonly isKnown: (cookies: string | undefined) => boolean;
}

/** The path under which all of the page is. */
export const PAGE_ROOT = "/_/";

/** What comes before the key. It is a part of the path, since keys in a query are masked in all that is printed. */
export const START_PATH = `${PAGE_ROOT}start/`;

/** @param port - cookies do not know ports, so that of each server has a name of its own. */
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

/** 256 bits. */
function createKey(): string {
  return randomBytes(32).toString("base64url");
}

/** Takes as long wherever they differ. */
function isEqual(a: string, b: string): boolean {
  const [first, second] = [a, b].map((text) => createHash("sha256").update(text).digest());
  return first !== undefined && second !== undefined && timingSafeEqual(first, second);
}
