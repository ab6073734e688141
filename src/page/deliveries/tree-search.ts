import { isObject, type Json, write } from "./parse-body.js";

/** What lies in an object or an array, under its names or numbers. */
export function membersOf(value: Json): readonly (readonly [name: string, value: Json])[] {
  if (isObject(value)) return [...value];
  if (Array.isArray(value)) {
    return (value as readonly Json[]).map((member, index) => [String(index), member] as const);
  }
  return [];
}

/** Whether a name, a value or anything in it holds a text, which is in lower case. */
export function holdsText(name: string, value: Json, text: string): boolean {
  if (name.toLowerCase().includes(text)) return true;
  const members = membersOf(value);
  // A text is looked for as it is, not as it is quoted.
  const own = typeof value === "string" ? value : write(value);
  if (members.length === 0) return own.toLowerCase().includes(text);
  return members.some(([key, member]) => holdsText(key, member, text));
}
