import fc from "fast-check";
import { expect, it } from "vitest";
import { printable, toPrintableJson } from "../../../src/cli/output/printable.js";

/** Characters that control a terminal, or that change the direction of text. */
const HARMFUL = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;
const TEXT = fc.string({
  unit: fc.oneof(
    fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
    fc.constantFrom("\u001b", "\u009b", "\r", "\n", "\u202e", "\u0007"),
  ),
});

it("returns one line without control characters, whatever a server sends", () => {
  fc.assert(
    fc.property(TEXT, (text) => {
      expect(printable(text)).not.toMatch(HARMFUL);
    }),
  );
});

it("leaves ordinary text alone", () => {
  expect(printable("https://example.com/日本?q=🏡 é")).toBe("https://example.com/日本?q=🏡 é");
});

it("joins several lines into one", () => {
  expect(printable("a \r\n  b\nc")).toBe("a b c");
});

it("returns equivalent JSON without control characters", () => {
  fc.assert(
    fc.property(TEXT, (text) => {
      const json = toPrintableJson({ [text]: text });
      expect(json).not.toMatch(HARMFUL);
      expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify({ [text]: text })));
    }),
  );
});
