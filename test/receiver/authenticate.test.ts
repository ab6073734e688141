import { createHmac } from "node:crypto";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InvalidSignatureError } from "../../src/errors/invalid-signature-error.js";
import { authenticate, readClaim } from "../../src/receiver/authenticate.js";
import { type Trust } from "../../src/receiver/trust.js";
import type { DeliveryHeaders } from "../../src/receiver/read-header.js";
import { createHmacs } from "../../src/receiver/trust.js";
import { rejectionOf } from "../support/rejection.js";
import { SECRET, signatureOf } from "./delivery.js";
import { NO_SIGNATURES } from "./no-signatures.js";

const strict: Trust = { hmacs: createHmacs(SECRET), allowUnsigned: false };
const lenient: Trust = { hmacs: createHmacs(SECRET), allowUnsigned: true };
const blind: Trust = { hmacs: [], allowUnsigned: true };

const BODY = '{"b": {"d": 1, "c": [2, {"f": "é", "e": null}]}, "a": 1}';
const COMPACT = '{"b":{"d":1,"c":[2,{"f":"é","e":null}]},"a":1}';
const CANONICAL = '{"a":1,"b":{"c":[2,{"e":null,"f":"é"}],"d":1}}';

/** "accepted", or the reason for which the body is refused with these headers. */
async function judge(
  headers: DeliveryHeaders,
  trust = strict,
  body: string | Uint8Array = BODY,
): Promise<unknown> {
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  try {
    await authenticate(bytes, readClaim(headers, trust), trust);
    return "accepted";
  } catch (error) {
    expect(error).toMatchObject({ name: "InvalidSignatureError", status: 401 });
    return error instanceof InvalidSignatureError && error.reason;
  }
}

const signed = (signature: string): Record<string, string> => ({
  "X-Webhook-Signature": signature,
});
const bareHex = signatureOf(BODY).slice(7);
const v3Body = createHmac("sha256", SECRET).update(`1747863000.${BODY}`).digest("hex");
const standard = {
  "webhook-id": "msg_1",
  "webhook-timestamp": "1747863000",
  "webhook-signature": `v1,${createHmac("sha256", SECRET).update(BODY).digest("base64")}`,
};

describe("authenticate", () => {
  test.each<[name: string, headers: DeliveryHeaders, verdict: string]>([
    ["the right signature", signed(signatureOf(BODY)), "accepted"],
    ["no header", {}, "missing"],
    ["another header", { "x-hub-signature-256": signatureOf(BODY) }, "missing"],
    ["an empty header", signed(""), "malformed"],
    ["one header in a list", { "x-webhook-signature": [signatureOf(BODY)] }, "accepted"],
    ["several headers", { "x-webhook-signature": [signatureOf(BODY), "x"] }, "malformed"],
    ["a signature under another secret", signed(signatureOf(BODY, "another secret")), "mismatch"],
    ["a signature of another body", signed(signatureOf(`${BODY} `)), "mismatch"],
    ["bare digits", signed(bareHex), "looks_like_v3"],
    ["bare digits with a time", { ...signed(v3Body), "x-webhook-timestamp": "1" }, "looks_like_v3"],
    ["a time alone", { "X-Webhook-Timestamp": "1747863000" }, "looks_like_v3"],
    ["the headers of Standard Webhooks", standard, "looks_like_v3"],
    ["the id of Standard Webhooks alone", { "Webhook-Id": "msg_1" }, "looks_like_v3"],
    ["a Headers of version 3", new Headers(standard), "looks_like_v3"],
    ["a list of version 3", Object.entries(standard).flat(), "looks_like_v3"],
    ["the right signature beside those", { ...standard, ...signed(signatureOf(BODY)) }, "accepted"],
    ["a wrong one beside those", { ...standard, ...signed(signatureOf("")) }, "mismatch"],
    ["the signature of the compact form", signed(signatureOf(COMPACT)), "body_reserialised"],
    ["the signature of the canonical form", signed(signatureOf(CANONICAL)), "body_reserialised"],
  ])("judges %s", async (_name, headers, verdict) => {
    expect(await judge(headers)).toBe(verdict);
  });

  test.each(NO_SIGNATURES)("refuses %s", async (_name, value) => {
    const reason = /^[0-9a-f]{64}$/.test(value) ? "looks_like_v3" : "malformed";
    for (const trust of [strict, lenient, blind]) {
      expect(await judge({ "x-webhook-signature": value }, trust)).toBe(reason);
    }
  });

  test("judges any other header value as missing or malformed, with no other error", async () => {
    const values = fc.oneof(fc.string({ unit: "binary" }), fc.array(fc.string()), fc.anything());
    await fc.assert(
      fc.asyncProperty(values, fc.uint8Array(), async (value, body) => {
        const headers = { "x-webhook-signature": value } as DeliveryHeaders;
        expect(["missing", "malformed"]).toContain(await judge(headers, strict, body));
      }),
      { numRuns: 150 },
    );
  });

  test("names the fix in the message of each refusal", async () => {
    const advice = async (headers: DeliveryHeaders): Promise<string> => {
      const body = new TextEncoder().encode(BODY);
      const judged = async (): Promise<void> =>
        authenticate(body, readClaim(headers, strict), strict);
      return String(await rejectionOf(judged()));
    };
    expect(await advice({})).toMatch(/give the subscription a secret.*proxy/);
    expect(await advice(signed("x"))).toMatch(/exactly `sha256=` and 64 hexadecimal digits/);
    expect(await advice(signed(signatureOf("")))).toMatch(/the secret is that of this subscr/);
    expect(await advice(standard)).toMatch(/version 3/);
    expect(await advice(signed(signatureOf(COMPACT)))).toMatch(/pass the raw body/);
  });
});

/** The body of a delivery as encoders write it, taken from their manuals. */
const WRITTEN: readonly (readonly [encoder: string, body: string])[] = [
  ["JavaScript", '{"text":"Zoë & 🏡 </b> a/b","n":9007199254740993,"a":[1.0]}'],
  ["Rails", '{"text":"Zoë \\u0026 🏡 \\u003c/b\\u003e a/b","n":9007199254740993,"a":[1.0]}'],
  ["PHP", '{"text":"Zo\\u00eb & \\ud83c\\udfe1 <\\/b> a\\/b","n":9007199254740993,"a":[1.0]}'],
  ["Python", '{"text": "Zo\\u00eb & \\ud83c\\udfe1 </b> a/b", "n": 9007199254740993, "a": [1.0]}'],
];

describe("a body that is not the raw body", () => {
  test.each<[name: string, body: string | Uint8Array, advice: RegExp]>([
    ["compressed", gzipSync(BODY), /is compressed: pass it as it was before/],
    ["in base64", Buffer.from(BODY).toString("base64"), /is in base64: .*isBase64Encoded/],
    ["empty", "", /is empty: something has already read it/],
  ])("that is %s is refused with advice", async (_name, body, advice) => {
    const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
    const judged = async (): Promise<void> =>
      authenticate(bytes, readClaim(signed(signatureOf(BODY)), strict), strict);
    const error = await rejectionOf(judged());
    expect(error).toMatchObject({ reason: "body_not_raw", status: 401 });
    expect(String(error)).toMatch(advice);
  });

  test.each([
    ["compressed", gzipSync(BODY)],
    ["empty", new Uint8Array()],
  ])("that is %s is accepted when those bytes were signed", async (_name, body) => {
    expect(await judge(signed(signatureOf(body)), strict, body)).toBe("accepted");
  });
});

describe("another spelling of the same JSON", () => {
  const pairs = WRITTEN.flatMap(([encoder, body]) =>
    WRITTEN.filter(([other]) => other !== encoder).map(
      ([other, rewritten]) => [encoder, other, body, rewritten] as const,
    ),
  );

  test.each(pairs)("is reported: written by %s, and rewritten by %s", async (...pair) => {
    const [, , body, rewritten] = pair;
    const headers = signed(signatureOf(body));
    expect(await judge(headers, strict, rewritten)).toBe("body_reserialised");
    expect(await judge(headers, strict, rewritten.replace("Zo", "Za"))).toBe("mismatch");
  });

  test("is reported when the signer also sorted the keys", async () => {
    const headers = signed(signatureOf('{"b": "/ \\u00eb", "a": 1}'));
    expect(await judge(headers, strict, '{"a":1,"b":"/ ë"}')).toBe("mismatch");
    const sorted = signed(signatureOf('{"a":1,"b":"\\/ \\u00eb"}'));
    expect(await judge(sorted, strict, '{"b":"/ ë","a":1}')).toBe("body_reserialised");
  });

  test.each([
    [
      "with any of several secrets",
      { hmacs: createHmacs(["another secret", SECRET]), allowUnsigned: false },
    ],
    ["where unsigned deliveries are taken", lenient],
  ])("is reported and never accepted %s", async (_name, trust) => {
    expect(await judge(signed(signatureOf(COMPACT)), trust)).toBe("body_reserialised");
    expect(await judge(signed(signatureOf(CANONICAL)), trust)).toBe("body_reserialised");
  });

  test.each<[name: string, body: string | Uint8Array]>([
    ["no JSON", "{"],
    ["nothing", ""],
    ["bytes that are not text", Uint8Array.of(0xff)],
    ["a scalar", "1 "],
    ["a body with a member called __proto__", '{"__proto__": {"a": 1}}'],
    ["a body that is too deep to be written", "[".repeat(30_000) + "]".repeat(30_000)],
    ["a body that is too large to be diagnosed", `{"a": "${"x".repeat(70_000)}"}`],
  ])("is searched for in %s without an error", async (_name, body) => {
    expect(await judge(signed(signatureOf("")), strict, body)).toBe(
      body === "" ? "accepted" : "mismatch",
    );
  });

  test("is reported for a body with a member called __proto__", async () => {
    const compact = '{"__proto__":{"a":1}}';
    const body = '{"__proto__": {"a": 1}}';
    expect(await judge(signed(signatureOf(compact)), strict, body)).toBe("body_reserialised");
  });
});

describe("where unsigned deliveries are accepted", () => {
  test.each<[name: string, trust: Trust, headers: DeliveryHeaders, verdict: string]>([
    ["one without a signature", lenient, {}, "accepted"],
    ["one without a signature", blind, {}, "accepted"],
    ["the right signature", lenient, signed(signatureOf(BODY)), "accepted"],
    ["a wrong signature, given a secret", lenient, signed(signatureOf("")), "mismatch"],
    ["any signature, given no secret", blind, signed(signatureOf("")), "accepted"],
    ["a header that is not a signature", lenient, signed("x"), "malformed"],
    ["a header that is not a signature", blind, signed("x"), "malformed"],
  ])("%s is judged", async (_name, trust, headers, verdict) => {
    expect(await judge(headers, trust)).toBe(verdict);
  });
});
