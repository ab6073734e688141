/** A number as written, because a JavaScript number may be less precise. */
interface WrittenNumber {
  readonly written: string;
}

/** A JSON value. */
export type Json =
  string | boolean | null | WrittenNumber | readonly Json[] | ReadonlyMap<string, Json>;

/** Newer runtimes pass the source text of a number. */
interface Context {
  readonly source?: string;
}

/** Parses JSON without loss; returns undefined if it is not JSON or is nested too deeply. */
export function parseBody(body: string): Json | undefined {
  try {
    // The reviver returns this type, from the leaves up.
    return JSON.parse(body, revive as (key: string, value: unknown) => unknown) as Json;
  } catch {
    return undefined;
  }
}

/** Whether a value is a JSON object. */
export function isObject(value: Json | undefined): value is ReadonlyMap<string, Json> {
  return value instanceof Map;
}

/** The text of a value without members. */
export function write(value: Json): string {
  if (isObject(value)) return "{}";
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return "written" in value ? value.written : "[]";
}

function revive(_key: string, value: unknown, context?: Context): Json {
  if (typeof value === "number") return { written: context?.source ?? String(value) };
  if (Array.isArray(value)) return value as Json[]; // The reviver has already converted its members.
  if (typeof value === "object" && value !== null) {
    return new Map(Object.entries(value as Record<string, Json>)); // The same holds for these.
  }
  return value as string | boolean | null; // JSON has no other types.
}
