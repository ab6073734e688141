/** Renders a field as text. The API may return any type in fields that the client does not check. */
export function toText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
