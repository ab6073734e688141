import fc from "fast-check";
import { expect, it } from "vitest";
import { createRedact } from "../../src/checks/redact.js";

const SECRET = `s3"cr'et &<é>\\/ 🔑+%`;

/** JSON with every possible escape, as some encoders write it. */
const toAsciiJson = (text: string): string =>
  JSON.stringify(text)
    .slice(1, -1)
    .split("")
    .map((unit) =>
      /[\w\\" ]/.test(unit) ? unit : `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
    )
    .join("");

const toHtml = (text: string): string =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");

const toNumericHtml = (text: string): string =>
  Array.from(text, (character) => `&#x${(character.codePointAt(0) ?? 0).toString(16)};`).join("");

const lowerPercent = (text: string): string =>
  text.replace(/%../g, (encoded) => encoded.toLowerCase());

const ENCODINGS: [name: string, encode: (text: string) => string][] = [
  ["as it is", (text) => text],
  ["in JSON", (text) => JSON.stringify(text).slice(1, -1)],
  ["in JSON with slashes escaped", (text) => JSON.stringify(text).replaceAll("/", "\\/")],
  ["in JSON of nothing but ASCII", toAsciiJson],
  ["in a URL", encodeURIComponent],
  ["in a URL with small letters", (text) => lowerPercent(encodeURIComponent(text))],
  ["in a form", (text) => new URLSearchParams([["", text]]).toString().slice(1)],
  ["in HTML", toHtml],
  ["in HTML with numbers", toNumericHtml],
];

it.each(ENCODINGS)("hides a value that occurs %s", (_how, encode) => {
  const hidden = createRedact([SECRET])(`before ${encode(SECRET)} after ${encode(SECRET)}`);
  expect(hidden.replaceAll('"', "")).toMatch(/^before .?\[REDACTED\].? after .?\[REDACTED\].?$/);
});

it("hides any value in any of the encodings", () => {
  const value = fc.string({ unit: "grapheme-composite", minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(value, fc.constantFrom(...ENCODINGS), (secret, [, encode]) => {
      expect(createRedact([secret])(`<${encode(secret)}>`)).toContain("[REDACTED]");
    }),
  );
});

it("hides any value in JSON within JSON within JSON", () => {
  const value = fc.string({
    unit: fc.oneof(fc.constantFrom("\\", '"', "/", "é"), fc.string({ minLength: 1, maxLength: 1 })),
    minLength: 1,
    maxLength: 12,
  });
  fc.assert(
    fc.property(value, fc.constantFrom(JSON.stringify, toAsciiJson), (secret, encode) => {
      const text = encode(encode(encode(secret)));
      expect(createRedact([secret])(text)).toContain("[REDACTED]");
    }),
  );
});

const LONG = "k3y-" + "0123456789abcdef".repeat(60);

it.each<[string, (value: string) => string]>([
  ["in base64", (value) => Buffer.from(value).toString("base64")],
  ["in base64 for URLs", (value) => Buffer.from(value).toString("base64url")],
  ["in base64 behind one byte", (value) => Buffer.from(`:${value}`).toString("base64")],
  ["in base64 behind two bytes", (value) => Buffer.from(`a:${value}`).toString("base64")],
  ["in base64 between others", (value) => Buffer.from(`user:${value}@host`).toString("base64")],
  ["in base64 in a form", (value) => encodeURIComponent(Buffer.from(value).toString("base64"))],
  ["in hexadecimal digits", (value) => Buffer.from(value).toString("hex")],
  ["in large hexadecimal digits", (value) => Buffer.from(value).toString("hex").toUpperCase()],
  [
    "in JSON of nothing but escapes",
    (value) =>
      value.replace(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`),
  ],
  [
    "in JavaScript",
    (value) =>
      Array.from(value, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`).join(
        "",
      ),
  ],
  [
    "in escapes of bytes",
    (value) =>
      value.replace(
        /[\0-\x7f]/g,
        (unit) => `\\x${unit.charCodeAt(0).toString(16).padStart(2, "0")}`,
      ),
  ],
  [
    "in a URL, every byte of it",
    (value) => Buffer.from(value).toString("hex").replace(/../g, "%$&"),
  ],
  ["in a URL, twice", (value) => encodeURIComponent(encodeURIComponent(value))],
  ["in JSON in a URL in HTML", (value) => toHtml(encodeURIComponent(JSON.stringify(value)))],
  ["but for its last quarter", (value) => value.slice(0, Math.ceil(value.length * 0.75))],
])("hides a value that occurs %s", (_how, encode) => {
  for (const value of [SECRET, "s3cret", "token-0123456789abcdef", LONG]) {
    if (value === "s3cret" && encode(value) === "s3cre") continue;
    const text = `before ${encode(value)}`;
    const hidden = createRedact([value])(text);
    expect(hidden, value).toContain("[REDACTED]");
    // Some characters at the ends of base64 also encode what surrounds the value.
    expect(hidden.replace("before", "").length).toBeLessThan("[REDACTED]".length + 22);
  }
});

it("hides a truncated echo, wherever it was cut, in every encoding", () => {
  const redact = createRedact([LONG]);
  for (const [how, encode] of ENCODINGS) {
    const whole = encode(LONG);
    for (let length = whole.length; length >= 120; length -= 61) {
      expect(redact(`<${whole.slice(0, length)}`), how).toMatch(/^<"?\[REDACTED\].{0,16}$/);
    }
  }
});

it("hides very long values, whatever characters they contain", () => {
  for (const part of ["\\x41", "(a+)+$", "[", "\\", "%41", "&#65;", "🔑"]) {
    const value = part.repeat(4_000 / part.length);
    expect(createRedact([value])(`${value} after`)).toBe("[REDACTED] after");
    expect(createRedact([value])(JSON.stringify({ value })).length).toBeLessThan(40);
  }
});

/** The CPU time in ms, which does not depend on other processes. */
function timeOf(values: readonly string[], texts: readonly string[]): number {
  const redact = createRedact(values);
  const start = process.cpuUsage();
  for (const text of texts) redact(text);
  return process.cpuUsage(start).user / 1_000;
}

it("takes no longer for a long value that nearly matches everywhere than for a short one", () => {
  const nearMatch = (length: number): string => `${"a".repeat(length)}b`;
  const texts = ["a".repeat(300_000)];
  const base = timeOf([nearMatch(16)], texts);
  // A naive search would compare a thousand characters at each place instead of 16.
  expect(timeOf([nearMatch(1_000)], texts)).toBeLessThan(10 * base + 50);
});

it("takes no longer for a long text than for its pieces, whatever the text and the values", () => {
  const parts = [
    "\\",
    "a\\",
    '\\"',
    "%",
    "%2",
    "%25",
    "+",
    "&#0",
    "&#x",
    "&amp;",
    "\\u",
    "\\u{",
    "\\u{0",
    "\\x4",
    "aaaaaaab",
    " ",
    "é",
    "🔑",
    "%C3",
    "%f0%9f",
  ];
  const hostile = fc
    .array(fc.constantFrom(...parts), { minLength: 1, maxLength: 4 })
    .map((some) => some.join(""));
  const value = fc
    .array(fc.constantFrom(...parts, "b"), { minLength: 2, maxLength: 40 })
    .map((some) => some.join(""));
  fc.assert(
    fc.property(hostile, fc.array(value, { minLength: 1, maxLength: 3 }), (part, values) => {
      const repeat = (length: number): string => part.repeat(Math.ceil(length / part.length));
      const pieces = Array.from({ length: 100 }, () => repeat(1_000));
      const base = timeOf(values, pieces);
      // What takes quadratic time takes a hundred times as long.
      expect(timeOf(values, [repeat(100_000)])).toBeLessThan(20 * base + 50);
    }),
    { numRuns: 30 },
  );
});

it("leaves a text without a value as it is, however it is built", () => {
  const redact = createRedact([`\\"\\"\\"a`, "a\\\\\\\\\\\\b", "%%%%%%a", "      z"]);
  for (const part of ["\\", "a\\", '\\"', "%", " ", "\\u005c", "&#0"]) {
    const text = part.repeat(20_000);
    expect(redact(text)).toBe(text);
  }
});

it("hides a whole text that has more layers of escapes than any legitimate text", () => {
  const deep = `%25${"25".repeat(20)}41`;
  expect(createRedact(["another value"])(`a${deep}`)).toBe("[REDACTED]");
  // A value may itself have that many layers.
  expect(createRedact([`the value ${deep}`])(`a b`)).toBe("a b");
  expect(createRedact([`the value ${deep}`])(`<the value ${deep}>`)).toBe("[REDACTED]");
});

it("leaves no value in a text that is made of values", () => {
  const value = fc.string({ unit: fc.constantFrom("a", "b", '"', "\\", " "), minLength: 3 });
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 3 }), fc.string(), (values, glue) => {
      const text = createRedact(values)(values.join(glue));
      for (const secret of values) expect(text).not.toContain(secret);
    }),
  );
});

it("hides a value with a lone surrogate, which no encoding supports", () => {
  expect(createRedact(["a\ud83d"])("-a\ud83d-")).toBe("-[REDACTED]-");
});

it("hides the longer of two values that begin alike", () => {
  expect(createRedact(["abc", "abcdef"])("abcdef")).toBe("[REDACTED]");
});

it("leaves everything else as it is", () => {
  expect(createRedact(["token-1"])("token-2 and $& too")).toBe("token-2 and $& too");
});

it("leaves everything as it is where there is nothing to hide", () => {
  expect(createRedact([])("anything")).toBe("anything");
});
