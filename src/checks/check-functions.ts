import { InvalidInputError } from "../errors/invalid-input-error.js";

/**
 * @param toName - what errors call a value
 * @throws {InvalidInputError} that names the first value that is there and is no function.
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
