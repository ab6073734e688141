/** Reads JSON of unknown shape as an object. A value that is not an object has no members. */
export function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  // The members of every object can be read, and their values stay unknown.
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

/** Reads JSON of unknown shape as an array. A value that is not an array has no elements. */
export function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
