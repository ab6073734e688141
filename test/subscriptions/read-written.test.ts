import { describe, expect, it } from "vitest";
import { InvalidResponseError } from "../../src/errors/index.js";
import type { CompleteInput } from "../../src/subscriptions/input.js";
import { readWritten } from "../../src/subscriptions/read-written.js";
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
  ["a subscription without its wrapper", STORED, "webhook_subscription"],
  ["a wrapper with nothing in it", {}, "webhook_subscription"],
  ["a wrapper with null in it", { webhook_subscription: null }, "webhook_subscription"],
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
])("reports that the server has stored %s as %j", (field, value) => {
  const { mismatch } = readWritten(wrap({ ...STORED, [field]: value }), SENT);
  const error = mismatch?.("it was deleted again");
  expect(error).toBeInstanceOf(InvalidResponseError);
  expect(error).toMatchObject({ field: `webhook_subscription.${field}` });
  expect(String(error)).toContain(
    `; the server has stored ${JSON.stringify(value)}; it was deleted again; write \`${field}\` as the server stores it`,
  );
});

it("refuses an answer to an update that is about another subscription", () => {
  const error = thrownBy(() => readWritten(wrap({ ...STORED, id: 8 }), SENT, 7));
  expect(error).toMatchObject({
    field: "webhook_subscription.id",
    expected: "7, as in the request",
  });
});

it("reports that the sent secret is missing, without showing the secret", () => {
  const sent = { ...SENT, secret: "hunter2" };
  const { mismatch } = readWritten(wrap({ ...STORED, secret_configured: false }), sent);
  const error = mismatch?.("it was deleted again");
  expect(error).toMatchObject({ field: "webhook_subscription.secret_configured" });
  expect(String(error)).not.toContain("hunter2");
});

it.each<[what: string, over: object]>([
  ["nothing changed", {}],
  ["the events in another order", { events: ["message.sent", "message.received"] }],
  ["an event twice", { events: ["message.sent", "message.received", "message.sent"] }],
  ["the URL in another spelling", { webhook_url: "HTTPS://EXAMPLE.com:443/hook" }],
  ["a field that nobody knows", { owner: "somebody" }],
])("accepts an answer with %s", (_what, over) => {
  const subscription = { ...STORED, ...over };
  const expected = { subscription, mismatch: undefined };
  expect(readWritten(wrap(subscription), SENT)).toEqual(expected);
  expect(readWritten(wrap(subscription), SENT, 7)).toEqual(expected);
});
