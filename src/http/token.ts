import { InvalidInputError } from "../errors/invalid-input-error.js";

/** The integration token, or a function that gets it whenever a request is about to be sent. */
export type Token = string | (() => string | Promise<string>);

/** What may stand in an HTTP header without changing on its way: printable ASCII, no white space. */
const HEADER_VALUE = /^[!-~]+$/;

/** @throws {InvalidInputError} for what cannot be a token; the value is not repeated. */
export function checkToken(value: unknown): string {
  if (typeof value === "string" && HEADER_VALUE.test(value)) return value;
  throw new InvalidInputError(
    "token",
    "a non-empty string of printable ASCII characters without white space, or a function that gives one",
  );
}

/** The token's value, now. */
export async function resolveToken(token: Token): Promise<string> {
  return checkToken(typeof token === "function" ? await token() : token);
}
