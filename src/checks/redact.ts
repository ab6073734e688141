import { maskUrls } from "./mask-urls.js";
import { type Reading, unescape } from "./reading.js";

/** Replaces every hidden value in a text. */
export type Redact = (text: string) => string;

const REDACTED = "[REDACTED]";

/**
 * The number of layers of escapes that are decoded. A text with more layers was made to hide something, so
 * the whole text is replaced.
 */
const MAX_LAYERS = 8;

/**
 * How many leading characters give a truncated value away: three quarters of the value, within these two
 * limits.
 */
const LONGEST_PREFIX = 16;
const SHORTEST_PREFIX = 8;

/**
 * Makes a {@link Redact} for the given values. It hides them in every form in which a server could echo
 * them: literally, escaped as in JSON, HTML, URLs and forms (also several times over), in base64 and in
 * hexadecimal digits. It also hides a long prefix of each, because an echo may be truncated, and masks the
 * credentials in all URLs. It takes linear time and never throws: it replaces a text that it cannot read.
 */
export function createRedact(values: Iterable<string>): Redact {
  const needles = [...values].filter((value) => value !== "").flatMap(toNeedles);
  return (text) => maskUrls(needles.length === 0 ? text : hide(text, needles));
}

function hide(text: string, needles: readonly Needle[]): string {
  try {
    const { readings, isComplete } = readAll(text);
    if (!isComplete) return REDACTED;
    const ranges: Range[] = [];
    for (const reading of readings) {
      for (const fold of FOLDS) {
        const folded = fold(reading.text);
        for (const needle of needles) {
          if (needle.fold === fold) find(needle, folded, reading, ranges);
        }
      }
    }
    return cover(text, ranges);
  } catch {
    return REDACTED;
  }
}

/** The literal text, and the text after each layer of escapes is decoded. */
function readAll(text: string): { readings: Reading[]; last: Reading; isComplete: boolean } {
  let last: Reading = { text, parts: undefined };
  const readings = [last];
  for (;;) {
    const next = unescape(last);
    const isComplete = next === last;
    if (isComplete || readings.length > MAX_LAYERS) return { readings, last, isComplete };
    readings.push(next);
    last = next;
  }
}

/** Replaces each character with the one that stands for all that are equivalent in a form. */
type Fold = (text: string) => string;

const asItIs: Fold = (text) => text;
/** For hexadecimal digits. */
const toSmall: Fold = (text) => text.replace(/[A-F]/g, (digit) => digit.toLowerCase());
/** Converts base64 to its URL-safe alphabet. A form may have decoded `+` as a space. */
const toUrlSafe: Fold = (text) => text.replace(/[+ ]/g, "-").replaceAll("/", "_");

const FOLDS: readonly Fold[] = [asItIs, toSmall, toUrlSafe];

/** A value to search for, in one of its forms. */
interface Needle {
  readonly text: string;
  /** For each prefix, the length of the longest shorter prefix that is also its suffix. */
  readonly shorter: readonly number[];
  /** The prefix that gives the value away. */
  readonly prefix: string;
  readonly fold: Fold;
}

function toNeedles(value: string): Needle[] {
  const bytes = new TextEncoder().encode(value);
  const { readings, last } = readAll(value);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const encoded = [0, 1, 2].map((offset) => toBase64(bytes, offset));
  return [
    ...toNeedle(value, asItIs),
    ...(readings.length > 1 ? toNeedle(last.text, asItIs) : []),
    ...toNeedle(hex, toSmall),
    ...encoded.flatMap((text) => toNeedle(text, toUrlSafe)),
  ];
}

function toNeedle(value: string, fold: Fold): Needle[] {
  if (value === "") return [];
  const text = fold(value);
  const shorter = [0];
  let length = 0;
  for (let index = 1; index < text.length; index++) {
    while (length > 0 && text[length] !== text[index]) length = shorter[length - 1] ?? 0;
    if (text[length] === text[index]) length++;
    shorter.push(length);
  }
  const part = Math.min(LONGEST_PREFIX, Math.ceil(text.length * 0.75));
  const prefix = text.slice(0, Math.max(SHORTEST_PREFIX, part));
  return [{ text, shorter, prefix, fold }];
}

const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** The base64 characters that depend only on `bytes`, when `offset` other bytes precede them. */
function toBase64(bytes: Uint8Array, offset: number): string {
  let [text, bits, count] = ["", 0, offset * 8];
  for (const byte of bytes) {
    bits = ((bits << 8) | byte) & 0xffff;
    count += 8;
    while (count >= 6) {
      count -= 6;
      text += BASE64.charAt((bits >> count) & 63);
    }
  }
  return text.slice([0, 2, 3][offset]);
}

/** A part of a text; the end is exclusive. */
type Range = readonly [start: number, end: number];

/**
 * Finds a needle and its long prefixes with the Knuth–Morris–Pratt algorithm.
 *
 * @param folded The text of the reading, with the fold of the needle.
 */
function find(needle: Needle, folded: string, { parts }: Reading, ranges: Range[]): void {
  const { text, shorter, prefix } = needle;
  // The search of the engine is many times as fast, and finds nothing in most texts.
  const first = folded.indexOf(prefix);
  if (first < 0) return;
  let length = 0;
  const note = (end: number): void => {
    if (length < prefix.length) return;
    const start = end - length;
    ranges.push([parts?.starts[start] ?? start, parts?.ends[end - 1] ?? end]);
  };
  for (let index = first; index < folded.length; index++) {
    while (length > 0 && text[length] !== folded[index]) {
      note(index);
      length = shorter[length - 1] ?? 0;
    }
    if (text[length] === folded[index]) length++;
  }
  note(folded.length);
}

function cover(text: string, ranges: Range[]): string {
  let [covered, end] = ["", 0];
  for (const [start, stop] of ranges.sort((a, b) => a[0] - b[0] || b[1] - a[1])) {
    if (stop <= end) continue;
    if (start >= end) covered += text.slice(end, start) + REDACTED;
    end = stop;
  }
  return covered + text.slice(end);
}
