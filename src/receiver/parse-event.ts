import { InvalidEventError } from "../errors/invalid-event-error.js";
import type { LinqEvent } from "./event.js";
import { type RawEvent, withRaw } from "./raw.js";

/** How deeply objects and arrays may be nested, so that handlers can walk an event recursively. */
const MAX_DEPTH = 64;

/** Matches what may be an escaped letter of `__proto__`. */
const ESCAPED_LETTER = /\\u00[5-7]/;

/**
 * Reads an event from the text of a delivery. Members named `__proto__` are left out, since they would
 * replace the prototype of an object that a handler copies them to. Everything else stays unchanged.
 *
 * @throws {InvalidEventError} when the text is not JSON, nests too deeply, or lacks the type or the data.
 */
export function parseEvent(text: string): LinqEvent {
  const event = parseJson(text);
  if (!isObject(event)) throw new InvalidEventError("", "a JSON object");
  if (typeof event["event_type"] !== "string" || event["event_type"] === "") {
    throw new InvalidEventError("event_type", "a non-empty string");
  }
  if (!isObject(event["data"])) throw new InvalidEventError("data", "an object");
  // The type is what the vendor documents. A receiver that always checked every field would lose events
  // over trifles.
  return withRaw(event as RawEvent) as LinqEvent;
}

function parseJson(text: string): unknown {
  // A byte order mark may survive in a string; `TextDecoder` drops it.
  const json = text.startsWith("\uFEFF") ? text.slice(1) : text;
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new InvalidEventError("", "JSON");
  }
  if (isDeeper(value, MAX_DEPTH))
    throw new InvalidEventError("", `at most ${MAX_DEPTH} levels deep`);
  return mayNamePrototype(json) ? JSON.parse(json, withoutPrototype) : value;
}

/** Most texts have no such escape, and `includes` finds that out several times as fast as a pattern. */
function mayNamePrototype(json: string): boolean {
  return json.includes("__proto__") || (json.includes("\\u00") && ESCAPED_LETTER.test(json));
}

function withoutPrototype(key: string, value: unknown): unknown {
  return key === "__proto__" ? undefined : value;
}

/** Whether objects and arrays are nested more than `levels` deep. */
function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (levels === 0) return true;
  // A plain loop, without a callback for each level: most members are not objects.
  for (const member of Object.values(value)) if (isDeeper(member, levels - 1)) return true;
  return false;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
