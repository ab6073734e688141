import { InvalidInputError } from "../errors/invalid-input-error.js";

/**
 * The length of a token or a secret, in characters. A shorter one is easy to guess, and hiding it would
 * garble every text. A longer one is probably the wrong file.
 */
export const SHORTEST = 6;
const LONGEST = 1_024;

/** Control characters, line separators, and lone surrogates, which UTF-8 cannot encode. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Surrogate}]/u;

/** Masks that displays show in place of a secret: asterisks and the like, or a word in brackets. */
const ASTERISKS = /[*•●]{3}|^[*•●.x]+$/i;
const BRACKETS = /^[[<({].*[\])>}]$/;
const WORDS = /omit|redact|hidden|mask|filter|secret/i;

/**
 * Checks a secret before its first use, while a mistake cannot be confused with an attack.
 *
 * @throws {InvalidInputError} that names the field but never contains the value.
 */
export function checkSecret(field: string, value: unknown): string {
  const expected = findObjection(value);
  if (expected !== undefined) throw new InvalidInputError(field, expected);
  return value as string; // Any other type has had an objection.
}

function findObjection(value: unknown): string | undefined {
  if (value === undefined) return "set or left out (undefined often means an unset variable)";
  if (typeof value !== "string" || value === "") return "a non-empty string, or left out";
  if (value !== value.trim()) return "without white space around it";
  const isMasked = ASTERISKS.test(value) || (BRACKETS.test(value) && WORDS.test(value));
  if (isMasked) return "the secret itself, not a masked copy of it";
  // Counted in code points, as people count; a whole file is not counted.
  const length = value.length > 2 * LONGEST ? Infinity : Array.from(value).length;
  const isUsable = length >= SHORTEST && length <= LONGEST && !UNPRINTABLE.test(value);
  return isUsable
    ? undefined
    : `one line of ${SHORTEST} to ${LONGEST.toLocaleString("en")} printable characters`;
}

/** The characters that an HTTP header carries unchanged: printable ASCII without white space. */
const HEADER_VALUE = /^[!-~]+$/;

/** @throws {InvalidInputError} for an invalid token; the error never contains the value. */
export function checkToken(value: unknown): string {
  const isUsable =
    typeof value === "string" &&
    value.length >= SHORTEST &&
    value.length <= LONGEST &&
    HEADER_VALUE.test(value);
  if (isUsable) return value;
  throw new InvalidInputError(
    "token",
    `${SHORTEST} to ${LONGEST.toLocaleString("en")} printable ASCII characters without white space, or a function that returns one`,
  );
}
