import { asRecord } from "./json.js";
import type { Redact } from "../checks/redact.js";

/** How deep an error is searched; deeper values are not passed on. */
const MAX_DEPTH = 6;

/**
 * Makes a foreign error safe to be a `cause`. It returns the same object if no part of it shows a hidden
 * value. Otherwise, or if a part cannot be searched, it returns a copy of the name, message, stack, code
 * and causes with the values hidden.
 */
export function redactCause(error: unknown, redact: Redact): unknown {
  return isClean(error, redact, new Set()) ? error : copy(error, redact, 0);
}

function isClean(value: unknown, redact: Redact, seen: Set<unknown>, depth = 0): boolean {
  if (typeof value === "string") return redact(value) === value;
  if (typeof value === "symbol") return redact(String(value)) === String(value);
  // What a function shows or returns is unknown.
  if (typeof value === "function") return false;
  if (typeof value !== "object" || value === null || seen.has(value)) return true;
  if (depth > MAX_DEPTH || !isPlain(value)) return false;
  seen.add(value);
  const members: unknown[] = value instanceof Error ? [value.message, value.stack] : [];
  for (const key of Reflect.ownKeys(value)) {
    const descriptor = Object.getOwnPropertyDescriptor(value, key);
    // What a getter returns is unknown, except for the stack, which is a getter in some engines.
    if (descriptor?.get && key !== "stack") return false;
    members.push(String(key), descriptor?.value);
  }
  return members.every((member) => isClean(member, redact, seen, depth + 1));
}

/** The methods with which an object controls how JSON and Node show it. */
const SELF_PORTRAITS = ["toJSON", Symbol.for("nodejs.util.inspect.custom")];

/** Whether an inspection would show only the object's own members. */
function isPlain(value: object): boolean {
  if (SELF_PORTRAITS.some((name) => name in value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return (
    value instanceof Error ||
    Array.isArray(value) ||
    prototype === Object.prototype ||
    prototype === null
  );
}

function copy(error: unknown, redact: Redact, depth: number): unknown {
  if (typeof error === "string") return redact(error);
  if (!(error instanceof Error) || depth > MAX_DEPTH) return undefined;
  // A foreign error may hold any value in place of a string.
  const { name, message, stack, code, cause } = asRecord(error);
  const result = new Error(redact(String(message)), { cause: copy(cause, redact, depth + 1) });
  result.name = redact(String(name));
  result.stack = redact(String(stack));
  return typeof code === "string" ? Object.assign(result, { code: redact(code) }) : result;
}
