import { InvalidInputError } from "../errors/invalid-input-error.js";

/** What a display puts in place of a secret: asterisks and the like, or a word in brackets. */
const MASKED = /[*•●]{3}|^[*•●.x]+$|^[[<(].*(omit|redact|hidden|mask|filter|secret).*[\])>]$/i;

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
  // Half a character has no UTF-8, so the deliveries would be signed with something else.
  if (/\p{Surrogate}/u.test(value)) return "well-formed text";
  if (value !== value.trim()) return "without white space around it";
  return MASKED.test(value) ? "the secret itself, not what a display shows instead" : undefined;
}
