import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InvalidInputError } from "../../src/errors/invalid-input-error.js";
import { verifySignature } from "../../src/receiver/verify-signature.js";
import { createHmacs } from "../../src/receiver/trust.js";
import { rejectionOf, thrownBy } from "../support/rejection.js";
import { BAD_SECRETS } from "./bad-secrets.js";
import { BODIES } from "./bodies.js";
import { SECRET, signatureOf } from "./delivery.js";
import { NO_SIGNATURES } from "./no-signatures.js";
import { NOT_RAW } from "./not-raw.js";

const OTHER = "another long secret";

describe("verifySignature", () => {
  test.each(BODIES)("verifies %s", async (_name, body) => {
    const signature = signatureOf(body);
    expect(await verifySignature({ body, signature, secret: SECRET })).toBe(true);
    expect(await verifySignature({ body, signature, secret: OTHER })).toBe(false);
  });

  test("treats a string as its UTF-8 bytes", async () => {
    const body = "🏡 ünïcode";
    const bytes = new TextEncoder().encode(body);
    const signature = signatureOf(bytes);
    expect(await verifySignature({ body, signature, secret: SECRET })).toBe(true);
    expect(await verifySignature({ body: bytes, signature, secret: SECRET })).toBe(true);
  });

  test("accepts digits of either case", async () => {
    const signature = `sha256=${signatureOf("{}").slice(7).toUpperCase()}`;
    expect(await verifySignature({ body: "{}", signature, secret: SECRET })).toBe(true);
  });

  test.each(BODIES)("detects any change of %s", async (_name, body) => {
    const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
    const signature = signatureOf(body);
    for (const changed of [
      Uint8Array.of(...bytes, 0x20),
      Uint8Array.of(...bytes, 0x0a),
      Uint8Array.of(0xef, 0xbb, 0xbf, ...bytes),
      bytes.length > 0 ? bytes.subarray(1) : Uint8Array.of(0),
    ]) {
      expect(await verifySignature({ body: changed, signature, secret: SECRET })).toBe(false);
    }
  });

  test.each(NO_SIGNATURES)("is false for %s", async (_name, signature) => {
    expect(await verifySignature({ body: "{}", signature, secret: SECRET })).toBe(false);
  });

  test("accepts a list of one header, as some gateways pass it, and an ArrayBuffer", async () => {
    const body = Uint8Array.from(Buffer.from("{}")).buffer;
    const signature = [signatureOf("{}")];
    expect(await verifySignature({ body, signature, secret: SECRET })).toBe(true);
  });

  test("is false without a header, and with several", async () => {
    const right = signatureOf("{}");
    for (const signature of [undefined, null, [], [right, right]]) {
      expect(await verifySignature({ body: "{}", signature, secret: SECRET })).toBe(false);
    }
  });

  test("is false for any header that is not the right one", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: "binary", maxLength: 100 }),
        fc.uint8Array(),
        async (signature, body) => {
          expect(await verifySignature({ body, signature, secret: SECRET })).toBe(false);
        },
      ),
      { numRuns: 150 },
    );
  });

  test.each([0, 1, 2, 3])("accepts the secret at position %i of several", async (position) => {
    const secret = ["a", "b", "c", "d"].map((letter) => letter.repeat(20));
    const signature = signatureOf("{}", secret[position]);
    expect(await verifySignature({ body: "{}", signature, secret })).toBe(true);
    const others = secret.filter((_, index) => index !== position);
    expect(await verifySignature({ body: "{}", signature, secret: others })).toBe(false);
  });

  test("accepts a secret that is given twice", async () => {
    const signature = signatureOf("{}");
    expect(await verifySignature({ body: "{}", signature, secret: [SECRET, SECRET] })).toBe(true);
  });

  test.each(NOT_RAW)("refuses %s as a body", async (_name, value) => {
    // What a caller without types may pass.
    const body = value as string;
    const error = await rejectionOf(
      verifySignature({ body, signature: signatureOf("{}"), secret: SECRET }),
    );
    expect(error).toMatchObject({ code: "invalid_signature", reason: "body_not_raw" });
  });

  test.each(BAD_SECRETS)("refuses %s as a secret before verifying", async (_name, value) => {
    const secret = value as string;
    const error = await rejectionOf(verifySignature({ body: "{}", signature: undefined, secret }));
    expect(error).toBeInstanceOf(InvalidInputError);
  });
});

describe("createHmacs", () => {
  test("names the secret that is not usable", () => {
    expect(thrownBy(() => createHmacs(["a good secret", " a bad one "]))).toMatchObject({
      field: "secret[1]",
    });
  });
});
