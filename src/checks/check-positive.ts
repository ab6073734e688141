import { InvalidInputError } from "../errors/invalid-input-error.js";

/** @throws {InvalidInputError} for the first value that is not a number above 0. */
export function checkPositive(values: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (typeof value !== "number" || !(value > 0)) {
      throw new InvalidInputError(name, "a positive number");
    }
  }
}
