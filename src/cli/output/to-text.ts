/** A field as text. A list may hold anything in the fields on which nothing is decided. */
export function toText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
