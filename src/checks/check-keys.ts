import { InvalidInputError } from "../errors/invalid-input-error.js";
import { nearest } from "./nearest.js";
import { ownMembers } from "./own-members.js";

/**
 * Checks that `value` is an object with only known members, so that a mistyped option is an error instead
 * of silently the default.
 *
 * @returns A copy of its own members.
 * @throws {InvalidInputError} that names the unknown member and the nearest known one.
 */
export function checkKeys<T>(
  name: string,
  value: T,
  known: readonly string[],
): T extends object ? T : Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new InvalidInputError(name, `an object with ${known.join(", ")}`);
  }
  const unknown = Object.keys(value).find((key) => !known.includes(key));
  if (unknown !== undefined) {
    const hint = nearest(unknown, known) ?? "";
    throw new InvalidInputError(`${name}.${unknown}`, `left out; did you mean \`${hint}\`?`);
  }
  // The first check has found an object, and its members keep their unknown types.
  return ownMembers(value) as T extends object ? T : Readonly<Record<string, unknown>>;
}

/** @throws {InvalidInputError} for a flag that is not true, false or undefined. */
export function checkFlag(name: string, value: unknown): boolean {
  if (value === undefined) return false;
  if (typeof value === "boolean") return value;
  throw new InvalidInputError(name, "true or false");
}
