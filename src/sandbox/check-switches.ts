import { type Check, checkFields, COUNT, isCount, isRecord, oneOf } from "./check.js";
import type { SandboxSwitches } from "./switches.js";

/** @throws {TypeError} when a switch does not exist or cannot be set so; it says which. */
export function checkSwitches(switches: unknown): void {
  if (!isRecord(switches)) throw new TypeError("`switches` must be an object");
  for (const name of Object.keys(switches)) {
    if (!Object.hasOwn(CHECKS, name)) {
      const known = Object.keys(CHECKS).join(", ");
      throw new TypeError(`There is no switch \`${name}\`, only ${known}`);
    }
  }
  checkFields(switches, CHECKS, (name) => `switches.${name}`);
}

const CHECKS: Record<keyof SandboxSwitches, Check> = {
  putWithoutSecret: oneOf("keep", "clear"),
  putWithoutActive: oneOf("keep", "activate"),
  activeDefault: { expected: "true or false", accepts: (value) => typeof value === "boolean" },
  twinEventIds: oneOf("same", "different"),
  pageSize: {
    expected: "an integer from 1 up",
    accepts: (value) => isCount(value) && value > 0,
  },
  missingId: oneOf("404", "204"),
  invalidInput: oneOf("refuse", "accept"),
  errorShape: oneOf("flat", "list"),
  unwrappedBody: oneOf("refuse", "accept"),
  redelivery: COUNT,
  retryAfter: COUNT,
};
