/** Whether something is there already: what is no object is no promise, of whatever kind. */
export function isThere(value: unknown): boolean {
  return (typeof value !== "object" && typeof value !== "function") || value === null;
}
