import { InvalidEventError } from "../errors/invalid-event-error.js";
import type { LinqEvent } from "./event.js";
import { type RawEvent, withRaw } from "./raw.js";

/** How deep objects and arrays may lie in each other, so that whoever walks an event ends. */
const MAX_DEPTH = 64;

/** What may be an escaped letter of `__proto__`. */
const ESCAPED_LETTER = /\\u00[5-7]/;

/**
 * Reads an event from the text of a delivery. Members called `__proto__` are left out, since they
 * would replace the prototype of whatever a handler copies them to; everything else stays as it came.
 *
 * @throws {InvalidEventError} when it is no JSON, nests too deeply, or lacks the type or the data.
 */
export function parseEvent(text: string): LinqEvent {
  const event = parseJson(text);
  if (!isObject(event)) throw new InvalidEventError("", "a JSON object");
  if (typeof event["event_type"] !== "string" || event["event_type"] === "") {
    throw new InvalidEventError("event_type", "a string that is not empty");
  }
  if (!isObject(event["data"])) throw new InvalidEventError("data", "an object");
  // What the vendor documents of this type; a receiver that always held every field against it would
  // lose events for trifles.
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

/** Most texts have no escape of that kind, which is found out several times as fast without a pattern. */
function mayNamePrototype(json: string): boolean {
  return json.includes("__proto__") || (json.includes("\\u00") && ESCAPED_LETTER.test(json));
}

function withoutPrototype(key: string, value: unknown): unknown {
  return key === "__proto__" ? undefined : value;
}

/** Whether objects and arrays lie in each other on more than that many levels. */
function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (levels === 0) return true;
  // Without a function for each level: most of what is asked here is no object.
  for (const member of Object.values(value)) if (isDeeper(member, levels - 1)) return true;
  return false;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
