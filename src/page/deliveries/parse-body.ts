/** A number as it is written, which may be more than a number of JavaScript can hold. */
interface WrittenNumber {
  readonly written: string;
}

/** A value of JSON. */
export type Json =
  string | boolean | null | WrittenNumber | readonly Json[] | ReadonlyMap<string, Json>;

/** Newer runtimes tell how a number was written. */
interface Context {
  readonly source?: string;
}

/** Reads JSON without a loss; undefined for what is not JSON, or nests too deeply to be walked. */
export function parseBody(body: string): Json | undefined {
  try {
    // What the reviver gives back is of this type, from the leaves up.
    return JSON.parse(body, revive as (key: string, value: unknown) => unknown) as Json;
  } catch {
    return undefined;
  }
}

/** Whether a value is an object of JSON. */
export function isObject(value: Json | undefined): value is ReadonlyMap<string, Json> {
  return value instanceof Map;
}

/** The text of a value that holds no other. */
export function write(value: Json): string {
  if (isObject(value)) return "{}";
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return "written" in value ? value.written : "[]";
}

function revive(_key: string, value: unknown, context?: Context): Json {
  if (typeof value === "number") return { written: context?.source ?? String(value) };
  if (Array.isArray(value)) return value as Json[]; // Its members have been here before.
  if (typeof value === "object" && value !== null) {
    return new Map(Object.entries(value as Record<string, Json>)); // So have these.
  }
  return value as string | boolean | null; // All that is left in JSON.
}
