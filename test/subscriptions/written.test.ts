import { describe, expect, it } from "vitest";
import { InvalidResponseError, SecretLostError } from "../../src/errors/index.js";
import type { CompleteInput } from "../../src/subscriptions/input.js";
import { readWritten } from "../../src/subscriptions/written.js";
import { answerOf } from "../support/answer-of.js";
import { buildSubscription } from "../support/build-subscription.js";
import { thrownBy } from "../support/rejection.js";

const SENT: CompleteInput = {
  webhook_url: "https://example.com/hook",
  events: ["message.received", "message.sent"],
  active: true,
  version: 2,
};

const STORED = buildSubscription({ id: 7, events: [...SENT.events] });

const wrap = (webhook_subscription: unknown): ReturnType<typeof answerOf> =>
  answerOf({ webhook_subscription });

describe.each<[what: string, body: unknown, field: string]>([
  ["nothing", undefined, "webhook_subscription"],
  ["null", null, "webhook_subscription"],
  ["a text", "ok", "webhook_subscription"],
  ["a list", [STORED], "webhook_subscription"],
  ["a subscription without its wrapping", STORED, "webhook_subscription"],
  ["a wrapping with nothing in it", {}, "webhook_subscription"],
  ["a wrapping with null in it", { webhook_subscription: null }, "webhook_subscription"],
  ["an empty subscription", { webhook_subscription: {} }, "webhook_subscription.id"],
])("an answer that is %s", (_what, body, field) => {
  it("is refused", () => {
    const error = thrownBy(() => readWritten(answerOf(body), SENT));
    expect(error).toBeInstanceOf(InvalidResponseError);
    expect(error).toMatchObject({ field });
  });
});

it.each([
  ["webhook_url", "https://example.com/other"],
  ["webhook_url", "https://example.com/hook/"],
  ["events", ["message.received"]],
  ["events", ["message.received", "message.sent", "message.read"]],
  ["events", []],
  ["version", 1],
  ["active", false],
])("refuses an answer in which %s has become %j", (field, value) => {
  const error = thrownBy(() => readWritten(wrap({ ...STORED, [field]: value }), SENT));
  expect(error).toBeInstanceOf(InvalidResponseError);
  expect(error).toMatchObject({
    field: `webhook_subscription.${field}`,
    expected: "what was sent",
  });
});

it("refuses the answer to an update that is about another subscription", () => {
  const error = thrownBy(() => readWritten(wrap({ ...STORED, id: 8 }), SENT, STORED));
  expect(error).toBeInstanceOf(InvalidResponseError);
  expect(error).toMatchObject({ field: "webhook_subscription.id" });
});

it("refuses an answer without the secret that was sent", () => {
  const sent = { ...SENT, secret: "hunter2" };
  const error = thrownBy(() => readWritten(wrap({ ...STORED, secret_configured: false }), sent));
  expect(error).toBeInstanceOf(InvalidResponseError);
  expect(error).toMatchObject({ field: "webhook_subscription.secret" });
});

it("says that an update has cost the secret", () => {
  const before = { ...STORED, secret_configured: true };
  const after = wrap({ ...STORED, secret_configured: false });
  const error = thrownBy(() => readWritten(after, SENT, before));
  expect(error).toBeInstanceOf(SecretLostError);
  expect(error).toMatchObject({ id: 7 });
});

it.each([true, null, undefined])(
  "does not say so when the secret is still there, or nobody knows (%j)",
  (secret_configured) => {
    const before = { ...STORED, secret_configured: true };
    const after = { ...STORED, secret_configured };
    expect(readWritten(wrap(after), SENT, before)).toMatchObject({ id: 7 });
  },
);

it("takes an answer that is what was sent", () => {
  expect(readWritten(wrap(STORED), SENT)).toEqual(STORED);
  expect(readWritten(wrap(STORED), SENT, STORED)).toEqual(STORED);
});

it.each<[what: string, over: object]>([
  ["the events in another order", { events: ["message.sent", "message.received"] }],
  ["an event twice", { events: ["message.sent", "message.received", "message.sent"] }],
  ["the URL in another spelling", { webhook_url: "HTTPS://EXAMPLE.com:443/hook" }],
  ["a field that nobody knows", { owner: "somebody" }],
])("takes an answer with %s", (_what, over) => {
  const value = { ...STORED, ...over };
  expect(readWritten(wrap(value), SENT)).toEqual(value);
});
