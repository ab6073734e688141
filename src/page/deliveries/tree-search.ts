import { isObject, type Json, write } from "./parse-body.js";

/** The members of an object or an array, by name or index. */
export function membersOf(value: Json): readonly (readonly [name: string, value: Json])[] {
  if (isObject(value)) return [...value];
  if (Array.isArray(value)) {
    return (value as readonly Json[]).map((member, index) => [String(index), member] as const);
  }
  return [];
}

/** Whether a name, or a value or its members, contain a text; `text` must be in lower case. */
export function holdsText(name: string, value: Json, text: string): boolean {
  if (name.toLowerCase().includes(text)) return true;
  const members = membersOf(value);
  // The search ignores the quotes and escapes of a string.
  const own = typeof value === "string" ? value : write(value);
  if (members.length === 0) return own.toLowerCase().includes(text);
  return members.some(([key, member]) => holdsText(key, member, text));
}
