import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseSignature } from "../../src/receiver/parse-signature.js";
import { NO_SIGNATURES } from "./no-signatures.js";

const HEX = "0123456789abcdef".repeat(4);

describe("parseSignature", () => {
  test.each([
    ["lower case", HEX],
    ["upper case", HEX.toUpperCase()],
    ["both cases", HEX.slice(0, 30) + HEX.slice(30).toUpperCase()],
  ])("reads digits in %s", (_name, digits) => {
    expect(parseSignature(`sha256=${digits}`)).toBe(HEX);
  });

  test("reads every byte", () => {
    const digests = fc.uint8Array({ minLength: 32, maxLength: 32 });
    fc.assert(
      fc.property(digests, fc.boolean(), (digest, isUpper) => {
        const hex = Buffer.from(digest).toString("hex");
        const read = parseSignature(`sha256=${isUpper ? hex.toUpperCase() : hex}`);
        expect(read).toBe(hex);
      }),
    );
  });

  test.each(NO_SIGNATURES)("does not read %s", (_name, value) => {
    expect(parseSignature(value)).toBeUndefined();
  });

  test.each([undefined, null, 0, {}, [`sha256=${HEX}`], [], new String(`sha256=${HEX}`)])(
    "does not read a value that is not a string: %j",
    (value) => {
      expect(parseSignature(value)).toBeUndefined();
    },
  );

  test("reads no other string", () => {
    const valid = `sha256=${HEX}`;
    const edited = fc
      .tuple(fc.nat(valid.length), fc.nat(3), fc.string({ maxLength: 4, unit: "binary" }))
      .map(([at, dropped, text]) => valid.slice(0, at) + text + valid.slice(at + dropped));
    fc.assert(
      fc.property(fc.oneof(edited, fc.string({ unit: "binary" }), fc.json()), (text) => {
        const isOne =
          text.length === 71 && text.startsWith("sha256=") && !/[^0-9a-fA-F]/.test(text.slice(7));
        expect(parseSignature(text) !== undefined).toBe(isOne);
      }),
      { numRuns: 600 },
    );
  });
});
