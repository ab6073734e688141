import { InvalidInputError } from "../errors/invalid-input-error.js";

/**
 * @param toName - returns the name of a value for errors
 * @throws {InvalidInputError} for the first value that is neither undefined nor a function.
 */
export function checkFunctions(
  values: Readonly<Record<string, unknown>>,
  toName: (name: string) => string = (name) => name,
): void {
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && typeof value !== "function") {
      throw new InvalidInputError(toName(name), "a function");
    }
  }
}
