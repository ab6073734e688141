import {
  type Check,
  checkFields,
  COUNT,
  FLAG,
  functionLike,
  isCount,
  isDuration,
  isRecord,
  oneOf,
} from "../checks/check-fields.js";
import { checkKeys } from "../checks/check-keys.js";
import type { SandboxSwitches } from "./switches.js";

/** @throws {InvalidInputError} that names a switch that does not exist or has an invalid value. */
export function checkSwitches(switches: Partial<SandboxSwitches>): Partial<SandboxSwitches> {
  const given = checkKeys("switches", switches, Object.keys(CHECKS));
  checkFields(given, CHECKS, (name) => `switches.${name}`);
  return given;
}

const ABOVE_ZERO: Check = {
  expected: "an integer of 1 or more",
  accepts: (value) => isCount(value) && value > 0,
};

const CHECKS: Record<keyof SandboxSwitches, Check> = {
  putWithoutSecret: oneOf("keep", "clear"),
  putWithoutActive: oneOf("keep", "activate"),
  activeDefault: FLAG,
  twinEventIds: oneOf("same", "different"),
  twins: oneOf("accept", "409", "422"),
  pageSize: ABOVE_ZERO,
  listLag: { expected: "a number of ms of 0 or more", accepts: isDuration },
  storedUrl: functionLike("that returns the URL to store"),
  storedEvents: functionLike("that returns the events to store"),
  deletion: {
    expected: '"now", "soft" or { afterRequests: an integer of 0 or more }',
    accepts: (value) =>
      value === "now" || value === "soft" || (isRecord(value) && isCount(value["afterRequests"])),
  },
  missingId: oneOf("404", "204"),
  invalidInput: oneOf("refuse", "accept"),
  errorShape: oneOf("flat", "list"),
  unwrappedBody: oneOf("refuse", "accept"),
  bodySpelling: oneOf("javascript", "rails", "php", "python"),
  redelivery: COUNT,
  rateLimit: ABOVE_ZERO,
  retryAfter: COUNT,
};
