import { OPERATIONS } from "../../../generated/operations.js";
import {
  type Check,
  checkFields,
  COUNT,
  functionLike,
  isCount,
  isDuration,
  isRecord,
  oneOf,
} from "../../checks/check-fields.js";
import { checkKeys } from "../../checks/check-keys.js";
import { ownMembers } from "../../checks/own-members.js";
import { InvalidInputError } from "../../errors/invalid-input-error.js";
import type { Fault, FaultOf } from "./fault.js";

/**
 * @param name - the name of the fault in errors.
 * @throws {InvalidInputError} when the fault is invalid; it names the field.
 */
export function checkFault(given: Fault, name: string): Fault {
  if (!isRecord(given)) throw new InvalidInputError(name, "an object with a `kind`");
  const fault: Record<string, unknown> = ownMembers(given);
  const { kind } = fault;
  if (!isKind(kind)) {
    throw new InvalidInputError(`${name}.kind`, `one of ${Object.keys(EFFECTS).join(", ")}`);
  }
  const effect: Record<string, Check> = EFFECTS[kind];
  checkKeys(name, fault, ["kind", ...Object.keys(effect), ...Object.keys(MATCH)]);
  const toName = (field: string): string => `${name}.${field}`;
  const required = Object.keys(effect).filter((field) => !OPTIONAL.includes(field));
  checkFields(fault, { ...MATCH, ...effect }, toName, required);
  return fault as unknown as Fault; // Its fields have just been checked.
}

function isKind(kind: unknown): kind is Fault["kind"] {
  return typeof kind === "string" && Object.hasOwn(EFFECTS, kind);
}

/** The fields that every fault has in addition to its kind. */
const MATCH: Record<Exclude<keyof Fault, "kind">, Check> = {
  operation: {
    expected: `one or more of ${Object.keys(OPERATIONS).join(", ")}`,
    accepts: (value) =>
      Array.isArray(value) ? value.length > 0 && value.every(isOperation) : isOperation(value),
  },
  when: functionLike("that returns whether a request matches"),
  skip: COUNT,
  times: {
    expected: "an integer of 1 or more, or Infinity",
    accepts: (value) => value === Infinity || (isCount(value) && value > 0),
  },
};

const WRITE: Check = {
  expected: '"none", "done" or { afterRequests: an integer of 0 or more }',
  accepts: (value) =>
    value === "none" || value === "done" || (isRecord(value) && isCount(value["afterRequests"])),
};

/** The optional fields of all kinds; every other field of an effect is required. */
const OPTIONAL = ["write", "where", "part", "retryAfter"];

/** The fields that only faults of a kind have. */
type Fields<Kind extends Fault["kind"]> = Exclude<keyof FaultOf<Kind>, keyof Fault>;

const EFFECTS: { [Kind in Fault["kind"]]: Record<Fields<Kind>, Check> } = {
  latency: {
    ms: {
      expected: "a number of ms, or a range [min, max] in ms",
      accepts: (value) => isDuration(value) || isRange(value),
    },
    where: oneOf("before", "after"),
  },
  reset: { write: WRITE },
  stall: { write: WRITE, part: oneOf("headers", "body") },
  truncate: { write: WRITE },
  garble: { write: WRITE },
  empty: { write: WRITE },
  html: {
    write: WRITE,
    status: {
      expected: "an HTTP status from 200 to 599 that allows a body",
      accepts: (value) => isWithin(value, 200, 599) && ![204, 205, 304].includes(value),
    },
  },
  status: {
    write: WRITE,
    status: {
      expected: "an HTTP status from 400 to 599",
      accepts: (value) => isWithin(value, 400, 599),
    },
    retryAfter: {
      expected: "a number of seconds, or a text that is valid in a header",
      accepts: (value) =>
        Number.isFinite(value) || (typeof value === "string" && isHeaderText(value)),
    },
  },
  redirect: {
    status: oneOf(301, 302, 303, 307, 308),
    location: {
      expected: "a URL that is valid in a header",
      accepts: (value) => typeof value === "string" && isHeaderText(value),
    },
  },
  hide: { requests: COUNT },
  freeze: {},
};

function isOperation(value: unknown): boolean {
  return typeof value === "string" && Object.hasOwn(OPERATIONS, value);
}

function isRange(value: unknown): boolean {
  if (!Array.isArray(value) || value.length !== 2) return false;
  const [min, max] = value as unknown[];
  return isDuration(min) && isDuration(max) && min <= max;
}

function isWithin(value: unknown, min: number, max: number): value is number {
  return isCount(value) && value >= min && value <= max;
}

/** Whether a text is not empty, and has only characters that HTTP and every runtime allow in a header. */
function isHeaderText(text: string): boolean {
  return /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(text);
}
