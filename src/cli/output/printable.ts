/** Control characters, and characters that change the direction of text. */
const CONTROL = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/** Makes untrusted text safe to print: one line, with control characters escaped. */
export function printable(text: string): string {
  const [first = "", ...rest] = text.split(/[\r\n]+/);
  const last = rest.pop();
  if (last === undefined) return first.replace(CONTROL, escape);
  const between = rest.map((line) => line.trim()).filter((line) => line !== "");
  const lines = [first.trimEnd(), ...between, last.trimStart()];
  return lines.join(" ").replace(CONTROL, escape);
}

/** Renders JSON in one line, with control characters escaped; the value is the same. */
export function toPrintableJson(value: unknown): string {
  return JSON.stringify(value).replace(CONTROL, escape);
}

function escape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
