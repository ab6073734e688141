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
    .map((value) => Array.from(value, patternOf).join(""));
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

/** Matches one character in each of its forms. */
function patternOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const bytes = [...new TextEncoder().encode(character)].map((byte) => hex(byte, 2));
  const units = character.split("").map((unit) => hex(unit.charCodeAt(0), 4));
  const name = HTML_NAMES[character];
  // The character itself comes last, since some of its longer forms begin with it.
  const forms = [
    literal(`\\${character}`),
    units.map((unit) => `\\\\u${unit}`).join(""),
    bytes.map((byte) => `%${byte}`).join(""),
    `&#0*${code};`,
    `&#[xX]0*${hex(code, 1)};`,
    ...(name === undefined ? [] : [name]),
    ...(character === " " ? ["\\+"] : []),
    literal(JSON.stringify(character).slice(1, -1)),
    literal(character),
  ];
  return `(?:${[...new Set(forms)].join("|")})`;
}

/** Matches a number in hexadecimal digits, large or small. */
function hex(value: number, length: number): string {
  const digits = value.toString(16).padStart(length, "0");
  return digits.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}

/** The same JSON data with every string in it redacted. */
export function redactData<T>(data: T, redact: Redact): T {
  // Only strings change, and only their text, so the type stays what it was.
  return JSON.parse(JSON.stringify(data), (_key, value: unknown) =>
    typeof value === "string" ? redact(value) : value,
  ) as T;
}
