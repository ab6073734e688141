import { InvalidInputError } from "../errors/invalid-input-error.js";

/**
 * How many characters a token or a secret has. A shorter one is guessed at once, and hiding it would
 * garble every text; a longer one is a file taken for a secret.
 */
export const SHORTEST = 6;
const LONGEST = 1_024;

/** Control characters, line separators, and halves of characters, which have no UTF-8. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Surrogate}]/u;

/** What a display puts in place of a secret: asterisks and the like, or a word in brackets. */
const ASTERISKS = /[*•●]{3}|^[*•●.x]+$/i;
const BRACKETS = /^[[<({].*[\])>}]$/;
const WORDS = /omit|redact|hidden|mask|filter|secret/i;

/**
 * Checks a secret at the door, where a mistake can still be told from an attack.
 *
 * @throws {InvalidInputError} that names the field, never the value.
 */
export function checkSecret(field: string, value: unknown): string {
  const expected = findObjection(value);
  if (expected !== undefined) throw new InvalidInputError(field, expected);
  return value as string; // What is no string has been objected to.
}

function findObjection(value: unknown): string | undefined {
  if (value === undefined) return "set or left out (an undefined one is often an unset variable)";
  if (typeof value !== "string" || value === "") return "a string that is not empty, or left out";
  if (value !== value.trim()) return "without white space around it";
  const isMasked = ASTERISKS.test(value) || (BRACKETS.test(value) && WORDS.test(value));
  if (isMasked) return "the secret itself, not what a display shows instead";
  // By characters, as people count them, but without counting a file's worth of them.
  const length = value.length > 2 * LONGEST ? Infinity : Array.from(value).length;
  const isUsable = length >= SHORTEST && length <= LONGEST && !UNPRINTABLE.test(value);
  return isUsable
    ? undefined
    : `one line of ${SHORTEST} to ${LONGEST.toLocaleString("en")} printable characters`;
}

/** What may stand in an HTTP header without changing on its way: printable ASCII, no white space. */
const HEADER_VALUE = /^[!-~]+$/;

/** @throws {InvalidInputError} for what cannot be a token; the value is not repeated. */
export function checkToken(value: unknown): string {
  const isUsable =
    typeof value === "string" &&
    value.length >= SHORTEST &&
    value.length <= LONGEST &&
    HEADER_VALUE.test(value);
  if (isUsable) return value;
  throw new InvalidInputError(
    "token",
    `${SHORTEST} to ${LONGEST.toLocaleString("en")} printable ASCII characters without white space, or a function that gives one`,
  );
}
