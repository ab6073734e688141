import type { Json } from "./parse-body.js";

/** What lies in an object or an array, under its names or numbers. */
export function membersOf(value: Json): readonly (readonly [name: string, value: Json])[] {
  if (value instanceof Map) return [...(value as ReadonlyMap<string, Json>)];
  if (Array.isArray(value)) {
    return (value as readonly Json[]).map((member, index) => [String(index), member] as const);
  }
  return [];
}

/** Whether a name, a value or anything in it holds a text, which is in lower case. */
export function holdsText(name: string, value: Json, text: string): boolean {
  if (name.toLowerCase().includes(text)) return true;
  if (typeof value === "object" && value !== null && "written" in value) {
    return value.written.includes(text);
  }
  if (typeof value !== "object" || value === null) {
    return String(value).toLowerCase().includes(text);
  }
  return membersOf(value).some(([key, member]) => holdsText(key, member, text));
}
