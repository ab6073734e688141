import { describe, expect, test } from "vitest";
import { InvalidInputError } from "../../src/errors/invalid-input-error.js";
import { unwrapEvent } from "../../src/receiver/unwrap-event.js";
import { parseTrust, type TrustOptions } from "../../src/receiver/trust.js";
import { rejectionOf, thrownBy } from "../support/rejection.js";
import { BAD_SECRETS } from "./bad-secrets.js";
import { deliver, deliveryOf, SECRET, signatureOf, writeEvent } from "./delivery.js";
import { NOT_RAW } from "./not-raw.js";

describe("unwrapEvent", () => {
  test("returns the event of a signed delivery, as text and as bytes", async () => {
    const text = writeEvent();
    const event: unknown = JSON.parse(text);
    expect(await unwrapEvent({ ...deliveryOf(text), secret: SECRET })).toEqual(event);
    const bytes = deliveryOf(new TextEncoder().encode(text));
    expect(await unwrapEvent({ ...bytes, secret: SECRET })).toEqual(event);
  });

  test("returns emoji, and drops a byte order mark", async () => {
    const text = writeEvent({ data: { text: "🏡👩‍👩‍👧" } });
    for (const body of [`\uFEFF${text}`, new TextEncoder().encode(`\uFEFF${text}`)]) {
      const event = await unwrapEvent({ ...deliveryOf(body), secret: SECRET });
      expect(event).toEqual(JSON.parse(text));
    }
  });

  test("refuses a signature under another secret", async () => {
    const error = await rejectionOf(unwrapEvent({ ...deliver(), secret: "another secret" }));
    expect(error).toMatchObject({ code: "invalid_signature", reason: "mismatch", status: 401 });
  });

  test("refuses a wrong signature before it parses the body", async () => {
    const body = "no JSON";
    const headers = { "x-webhook-signature": signatureOf("other") };
    const error = await rejectionOf(unwrapEvent({ body, headers, secret: SECRET }));
    expect(error).toMatchObject({ reason: "mismatch" });
  });

  test("refuses a signed body that is not an event", async () => {
    const error = await rejectionOf(unwrapEvent({ ...deliveryOf("no JSON"), secret: SECRET }));
    expect(error).toMatchObject({ code: "invalid_event", status: 400 });
  });

  test("accepts the old and the new secret", async () => {
    for (const secret of [SECRET, "new secret"]) {
      const delivery = deliveryOf(writeEvent(), secret);
      const event = await unwrapEvent({ ...delivery, secret: ["new secret", SECRET] });
      expect(event.event_type).toBe("message.read");
    }
  });

  test("accepts unsigned deliveries only with `allowUnsigned`", async () => {
    const body = writeEvent();
    const unsigned = { body, headers: {} };
    expect(await unwrapEvent({ ...unsigned, allowUnsigned: true })).toHaveProperty("data");
    const secret = SECRET;
    expect(await unwrapEvent({ ...unsigned, secret, allowUnsigned: true })).toHaveProperty("data");
    expect(await rejectionOf(unwrapEvent({ ...unsigned, secret }))).toMatchObject({
      reason: "missing",
    });
  });

  test.each(NOT_RAW)("refuses %s as a body", async (_name, value) => {
    const delivery = { ...deliver(), body: value as string };
    for (const trust of [{ secret: SECRET }, { allowUnsigned: true as const }]) {
      const error = await rejectionOf(unwrapEvent({ ...delivery, ...trust }));
      expect(error).toMatchObject({ reason: "body_not_raw" });
    }
  });

  test("does not verify an object by the text that it converts to", async () => {
    const body = { toString: () => "{}", toJSON: () => ({}) };
    const delivery = { ...deliveryOf("{}"), body: body as unknown as string, secret: SECRET };
    expect(await rejectionOf(unwrapEvent(delivery))).toMatchObject({ reason: "body_not_raw" });
    const printed = { ...deliveryOf("[object Object]"), body: {} as string, secret: SECRET };
    expect(await rejectionOf(unwrapEvent(printed))).toMatchObject({ reason: "body_not_raw" });
  });
});

describe("parseTrust", () => {
  test.each(BAD_SECRETS)("refuses %s as a secret, with and without the waiver", (_name, secret) => {
    for (const rest of [{}, { allowUnsigned: true }, { allowUnsigned: false }]) {
      // What a caller without types may pass.
      const options = { ...rest, secret } as TrustOptions;
      expect(thrownBy(() => parseTrust(options))).toBeInstanceOf(InvalidInputError);
    }
  });

  test.each([{}, { allowUnsigned: false }, { allowUnsigned: undefined }])(
    "refuses options without a secret: %j",
    (options) => {
      const error = thrownBy(() => parseTrust(options as unknown as TrustOptions));
      expect(error).toMatchObject({ code: "invalid_input", field: "secret" });
    },
  );

  test.each(["true", 1, {}, null])("refuses %j as a waiver", (allowUnsigned) => {
    const options = { secret: SECRET, allowUnsigned } as unknown as TrustOptions;
    const error = thrownBy(() => parseTrust(options));
    expect(error).toMatchObject({ code: "invalid_input", field: "allowUnsigned" });
  });
});
