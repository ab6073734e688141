/** Replaces every value that must not be seen, wherever it stands in a text. */
export type Redact = (text: string) => string;

const REDACTED = "[REDACTED]";

/**
 * Makes a {@link Redact} for the given values, in all the forms in which they could be echoed: each
 * character as it is, escaped as in JSON or HTML, or encoded as in a URL or a form.
 */
export function createRedact(values: Iterable<string>): Redact {
  // The longest first, so that a value that begins with another one leaves nothing behind.
  const patterns = [...values]
    .sort((a, b) => b.length - a.length)
    .map((value) =>
      Array.from(value.matchAll(/\\+|[^\\]/gu), ([part]) => patternOf(part)).join(""),
    );
  if (patterns.length === 0) return (text) => text;
  const pattern = new RegExp(patterns.join("|"), "g");
  return (text) => text.replace(pattern, REDACTED);
}

/** The characters that HTML has names for. */
const HTML_NAMES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** How many backslashes may come of one, or before another character: JSON in JSON in JSON in JSON. */
const MAX_ESCAPES = 16;

/** Matches one character in each of its forms, or a row of backslashes. */
function patternOf(part: string): string {
  const character = part.startsWith("\\") ? "\\" : part;
  const code = character.codePointAt(0) ?? 0;
  const bytes = [...new TextEncoder().encode(character)].map((byte) => hex(byte, 2));
  const units = character.split("").map((unit) => hex(unit.charCodeAt(0), 4));
  const name = HTML_NAMES[character];
  const escapes = `\\\\{0,${MAX_ESCAPES}}`;
  const forms = [
    units.map((unit) => `u${unit}`).join(escapes),
    bytes.map((byte) => `%${byte}`).join(""),
    `&#0*${code};`,
    `&#[xX]0*${hex(code, 1)};`,
    ...(name === undefined ? [] : [name]),
    ...(character === " " ? ["\\+"] : []),
  ];
  if (character === "\\") {
    const { length } = part;
    return `(?:(?:${escapes}(?:${forms.join("|")})){${length}}|\\\\{${length},${length * MAX_ESCAPES}})`;
  }
  // As it is comes last, since some of the longer forms begin with it.
  forms.push(literal(JSON.stringify(character).slice(1, -1)), literal(character));
  return `${escapes}(?:${[...new Set(forms)].join("|")})`;
}

/** Matches a number in hexadecimal digits, large or small. */
function hex(value: number, length: number): string {
  const digits = value.toString(16).padStart(length, "0");
  return digits.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
