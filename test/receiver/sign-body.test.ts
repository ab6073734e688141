import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { InvalidInputError } from "../../src/errors/index.js";
import { signBody } from "../../src/receiver/sign-body.js";

const SECRETS = ["s3cret", "pass phrase with ümläuts and 🔑", "x".repeat(200)];
const BODIES: [name: string, body: string | Uint8Array][] = [
  ["JSON", JSON.stringify({ event_type: "message.received", data: { text: "Hello" } })],
  ["emoji", JSON.stringify({ text: "🏡👩‍👩‍👧 ünïcode" })],
  ["nothing", ""],
  ["bytes", new TextEncoder().encode("🏡")],
  ["bytes that are not UTF-8", Uint8Array.of(0xff, 0x00, 0xc3, 0x28)],
  ["a part of a buffer", new Uint8Array([1, 2, 3, 4]).subarray(1, 3)],
];

describe("signBody", () => {
  test.each(BODIES)("agrees with an independent HMAC over %s", async (_name, body) => {
    for (const secret of SECRETS) {
      const expected = createHmac("sha256", secret).update(body).digest("hex");
      expect(await signBody(body, secret)).toBe(`sha256=${expected}`);
    }
  });

  test("returns the value of the published test vector (RFC 4231, case 2)", async () => {
    expect(await signBody("what do ya want for nothing?", "Jefe")).toBe(
      "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    );
  });

  test("refuses an empty secret", async () => {
    await expect(signBody("{}", "")).rejects.toThrow(InvalidInputError);
  });
});
