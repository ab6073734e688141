/** One way to read a text, such as with its escapes decoded. */
export interface Reading {
  readonly text: string;
  /** For each UTF-16 unit, the part of the original text that stands for it; undefined for the original. */
  readonly parts: Parts | undefined;
}

/** The start of each part, and its end, which is exclusive. */
interface Parts {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

const [BACKSLASH, PERCENT, AMPERSAND, PLUS, SPACE] = [0x5c, 0x25, 0x26, 0x2b, 0x20];
const [HASH, SEMICOLON, OPEN_BRACE, CLOSE_BRACE, SMALL_U, SMALL_X] = [
  0x23, 0x3b, 0x7b, 0x7d, 0x75, 0x78,
];

/** The control character that a letter after a backslash stands for. */
const CONTROLS: Readonly<Record<number, number>> = {
  0x6e: 0x0a,
  0x72: 0x0d,
  0x74: 0x09,
  0x62: 0x08,
  0x66: 0x0c,
  0x76: 0x0b,
};

/** The named HTML entities that escaping uses. */
const NAMES: readonly (readonly [name: string, unit: number])[] = [
  ["amp;", 0x26],
  ["lt;", 0x3c],
  ["gt;", 0x3e],
  ["quot;", 0x22],
  ["apos;", 0x27],
  ["nbsp;", 0x20],
];

/** An escape: its length in units, and the units that it stands for. */
interface Found {
  readonly length: number;
  readonly units: readonly number[];
}

/** Matches the first character of every escape. */
const ESCAPE = /[\\%&+]/;

/**
 * Decodes one layer of escapes: those of JSON and JavaScript, of URLs and forms, and of HTML. A row of
 * backslashes counts as one, to any depth of JSON within JSON. It takes linear time.
 *
 * @returns The same reading if nothing is escaped.
 */
export function unescape(reading: Reading): Reading {
  const { text, parts } = reading;
  if (!ESCAPE.test(text)) return reading;
  const next: { starts: number[]; ends: number[] } = { starts: [], ends: [] };
  const add = (at: number, length: number): void => {
    next.starts.push(parts?.starts[at] ?? at);
    next.ends.push(parts?.ends[at + length - 1] ?? at + length);
  };
  let decoded = "";
  /** The end of the last escape. */
  let end = 0;
  for (let at = 0; at < text.length;) {
    const found = findEscape(text, at);
    if (!found) {
      add(at++, 1);
      continue;
    }
    decoded += text.slice(end, at);
    for (const unit of found.units) {
      decoded += String.fromCharCode(unit);
      add(at, found.length);
    }
    at += found.length;
    end = at;
  }
  return end === 0 ? reading : { text: decoded + text.slice(end), parts: next };
}

function findEscape(text: string, at: number): Found | undefined {
  const unit = text.charCodeAt(at);
  if (unit === BACKSLASH) return findBackslashes(text, at);
  if (unit === PERCENT) return findPercents(text, at);
  if (unit === AMPERSAND) return findEntity(text, at);
  return unit === PLUS ? { length: 1, units: [SPACE] } : undefined;
}

function findBackslashes(text: string, at: number): Found {
  let end = at;
  while (text.charCodeAt(end) === BACKSLASH) end++;
  const letter = text.charCodeAt(end);
  const found =
    letter === SMALL_U
      ? (findBraces(text, end + 1) ?? findHex(text, end + 1, 4))
      : letter === SMALL_X
        ? findHex(text, end + 1, 2)
        : undefined;
  const row = end - at;
  if (found) return { length: row + 1 + found.length, units: found.units };
  const control = CONTROLS[letter];
  if (control !== undefined) return { length: row + 1, units: [control] };
  // The next unit stands for itself, and the backslashes stand for nothing.
  return end === text.length || findEscape(text, end)
    ? { length: row, units: [] }
    : { length: row + 1, units: [letter] };
}

/** Reads `length` hexadecimal digits as one unit. */
function findHex(text: string, at: number, length: number): Found | undefined {
  let value = 0;
  for (let index = at; index < at + length; index++) {
    const digit = hexOf(text.charCodeAt(index));
    if (digit === undefined) return undefined;
    value = value * 16 + digit;
  }
  return { length, units: [value] };
}

/** Reads a code point in hexadecimal digits in braces. */
function findBraces(text: string, at: number): Found | undefined {
  if (text.charCodeAt(at) !== OPEN_BRACE) return undefined;
  const { value, end } = readNumber(text, at + 1, 16);
  if (end === at + 1 || text.charCodeAt(end) !== CLOSE_BRACE) return undefined;
  return { length: end + 1 - at, units: toUnits(value) };
}

/** Decodes a row of percent-encoded bytes as UTF-8. */
function findPercents(text: string, at: number): Found | undefined {
  if (text.charCodeAt(at + 1) === SMALL_U) {
    const found = findHex(text, at + 2, 4);
    return found && { length: 6, units: found.units };
  }
  const bytes: number[] = [];
  for (let index = at; text.charCodeAt(index) === PERCENT; index += 3) {
    const [byte] = findHex(text, index + 1, 2)?.units ?? [];
    if (byte === undefined) break;
    bytes.push(byte);
  }
  return bytes.length === 0 ? undefined : { length: bytes.length * 3, units: decodeUtf8(bytes) };
}

/** A byte that is not valid UTF-8 stands for itself. */
function decodeUtf8(bytes: readonly number[]): number[] {
  const units: number[] = [];
  for (let at = 0; at < bytes.length;) {
    const first = bytes[at] ?? 0;
    const length = first < 0xc2 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 1;
    const rest = bytes.slice(at + 1, at + length);
    const isWhole = rest.length === length - 1 && rest.every((byte) => byte >> 6 === 0b10);
    if (!isWhole || length === 1) {
      units.push(first);
      at++;
      continue;
    }
    const lead = first & (0xff >> (length + 1));
    units.push(...toUnits(rest.reduce((value, byte) => value * 64 + (byte & 0x3f), lead)));
    at += length;
  }
  return units;
}

function findEntity(text: string, at: number): Found | undefined {
  if (text.charCodeAt(at + 1) !== HASH) {
    const found = NAMES.find(([name]) => text.startsWith(name, at + 1));
    return found && { length: 1 + found[0].length, units: [found[1]] };
  }
  const isHex = (text.charCodeAt(at + 2) | 0x20) === SMALL_X;
  const start = at + (isHex ? 3 : 2);
  const { value, end } = readNumber(text, start, isHex ? 16 : 10);
  if (end === start) return undefined;
  const length = end + Number(text.charCodeAt(end) === SEMICOLON) - at;
  return { length, units: toUnits(value) };
}

/** Reads all digits. A number beyond the last code point becomes an invalid one. */
function readNumber(text: string, start: number, base: number): { value: number; end: number } {
  let [value, end] = [0, start];
  for (;;) {
    const digit = hexOf(text.charCodeAt(end));
    if (digit === undefined || digit >= base) return { value, end };
    value = Math.min(value * base + digit, 0x110000);
    end++;
  }
}

function hexOf(unit: number): number | undefined {
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30;
  const small = unit | 0x20;
  return small >= 0x61 && small <= 0x66 ? small - 0x57 : undefined;
}

function toUnits(codePoint: number): number[] {
  if (codePoint > 0x10ffff) return [0xfffd];
  if (codePoint < 0x10000) return [codePoint];
  const rest = codePoint - 0x10000;
  return [0xd800 + (rest >> 10), 0xdc00 + (rest & 0x3ff)];
}
