import fc from "fast-check";
import { expect, it } from "vitest";
import { createRedact } from "../../src/checks/redact.js";

const SECRET = `s3"cr'et &<é>\\/ 🔑+%`;

/** JSON with everything escaped that may be, as some encoders do. */
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

it.each(ENCODINGS)("hides a value that stands there %s", (_how, encode) => {
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

it("is not held up by a text that was made to hold it up", () => {
  const redact = createRedact([`\\"\\"\\"a`, "a\\\\\\\\\\\\b", "%%%%%%a", "      z"]);
  // Each of them would take years if matching took more than a number of steps for each character.
  for (const part of ["\\", "a\\", '\\"', "%", " ", "\\u005c", "&#0"]) {
    const text = part.repeat(20_000);
    expect(redact(text)).toBe(text);
  }
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

it("takes a lone half of a character, which no encoding knows, for what it is", () => {
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
