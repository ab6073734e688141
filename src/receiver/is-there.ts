/** Whether a value needs no waiting: only objects and functions can be promises or other thenables. */
export function isThere(value: unknown): boolean {
  return (typeof value !== "object" && typeof value !== "function") || value === null;
}
