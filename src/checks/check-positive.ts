import { InvalidInputError } from "../errors/invalid-input-error.js";

/** @throws {InvalidInputError} that names the first value that is no number above zero. */
export function checkPositive(values: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (typeof value !== "number" || !(value > 0)) {
      throw new InvalidInputError(name, "a positive number");
    }
  }
}
