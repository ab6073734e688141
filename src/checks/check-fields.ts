import { InvalidInputError } from "../errors/invalid-input-error.js";

/** A check of one field. */
export interface Check {
  /** Completes the sentence "`field` must be". */
  readonly expected: string;
  readonly accepts: (value: unknown) => boolean;
}

/**
 * Checks each field. An undefined field counts as left out, and passes unless it is `required`; its check
 * then decides whether it accepts undefined.
 *
 * @param toName - returns the name of a field for errors
 * @throws {InvalidInputError} for a field that is not usable; the error never contains the value.
 */
export function checkFields(
  given: object,
  checks: Readonly<Record<string, Check>>,
  toName: (field: string) => string = (field) => field,
  required: readonly string[] = [],
): void {
  const members: Readonly<Record<string, unknown>> = { ...given };
  for (const [field, { expected, accepts }] of Object.entries(checks)) {
    const value = Object.hasOwn(members, field) ? members[field] : undefined;
    if (value === undefined && !required.includes(field)) continue;
    if (!accepts(value)) throw new InvalidInputError(toName(field), expected);
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function oneOf(...values: readonly (string | number)[]): Check {
  const names = values.map((value) => JSON.stringify(value));
  return {
    expected: names.length < 3 ? names.join(" or ") : `one of ${names.join(", ")}`,
    accepts: (value) => values.some((one) => one === value),
  };
}

export function functionLike(meaning: string): Check {
  return { expected: `a function ${meaning}`, accepts: (value) => typeof value === "function" };
}

export const FLAG: Check = {
  expected: "true or false",
  accepts: (value) => typeof value === "boolean",
};

export const COUNT: Check = { expected: "an integer of 0 or more", accepts: isCount };

export function isDuration(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && value < Infinity;
}

export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
