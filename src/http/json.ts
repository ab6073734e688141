/** Looks into JSON of unknown shape by name: what is no object has no members. */
export function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  // Any object may be looked into; what is found there is unknown all the same.
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

/** Looks into JSON of unknown shape in order: what is no array has no elements. */
export function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
