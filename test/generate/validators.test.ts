import { expect, test } from "vitest";
import { OPERATIONS, type Validate, type ValidationError } from "../../generated/operations.js";

const { createWebhookSubscription, updateWebhookSubscription, deleteWebhookSubscription } =
  OPERATIONS;

const subscription = {
  webhook_url: "https://receiver.example/hook",
  version: 2,
  events: ["message.received", "message.sent"],
};

const bodies: [string, Validate][] = [
  ["createWebhookSubscription", createWebhookSubscription.body],
  ["updateWebhookSubscription", updateWebhookSubscription.body],
];

test.each(bodies)("%s accepts what the page describes", (_, validate) => {
  expect(validate({ webhook_subscription: subscription })).toBe(true);
  const full = { ...subscription, secret: "s3cret", active: false, unknown: 1 };
  expect(validate({ webhook_subscription: full })).toBe(true);
  expect(validate.errors ?? []).toEqual([]);
});

const refused: [unknown, string, string][] = [
  [subscription, "", "required webhook_subscription"],
  [undefined, "", "type"],
  [[], "", "type"],
  [{ webhook_subscription: null }, "/webhook_subscription", "type"],
  [{ webhook_subscription: {} }, "/webhook_subscription", "required events"],
  [wrap({ webhook_url: 7 }), "/webhook_subscription/webhook_url", "type"],
  [wrap({ version: "2" }), "/webhook_subscription/version", "type"],
  [wrap({ version: 2.5 }), "/webhook_subscription/version", "type"],
  [wrap({ events: "message.sent" }), "/webhook_subscription/events", "type"],
  [wrap({ events: ["message.sent", "message.sendt"] }), "/webhook_subscription/events/1", "enum"],
  [wrap({ active: "true" }), "/webhook_subscription/active", "type"],
  [wrap({ secret: null }), "/webhook_subscription/secret", "type"],
];

test.each(
  bodies.flatMap(([name, validate]) => refused.map((row) => [name, ...row, validate] as const)),
)("%s refuses %j at %j: %s", (_, body, instancePath, reason, validate) => {
  expect(validate(body)).toBe(false);
  expect((validate.errors ?? []).map(describeError)).toContain(`${instancePath}: ${reason}`);
});

test.each([
  ["updateWebhookSubscription", updateWebhookSubscription.params],
  ["deleteWebhookSubscription", deleteWebhookSubscription.params],
] satisfies [string, Validate][])(
  "%s accepts an integer as its id and nothing else",
  (_, validate) => {
    const request = { path: { webhook_subscription_id: "12" }, query: {} };
    expect(validate(request)).toBe(true);
    expect(request.path.webhook_subscription_id).toBe(12);
    for (const id of ["abc", "1.5", "", "12a", "NaN", "null"]) {
      expect(validate({ path: { webhook_subscription_id: id }, query: {} })).toBe(false);
      expect(validate.errors).toMatchObject([
        { instancePath: "/path/webhook_subscription_id", keyword: "type" },
      ]);
    }
    expect(validate({ path: {}, query: {} })).toBe(false);
  },
);

function wrap(changes: object): object {
  return { webhook_subscription: { ...subscription, ...changes } };
}

function describeError({ instancePath, keyword, params }: ValidationError): string {
  const missing = keyword === "required" ? ` ${String(params["missingProperty"])}` : "";
  return `${instancePath}: ${keyword}${missing}`;
}
