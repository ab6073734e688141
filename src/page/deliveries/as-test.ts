import { EVENT_NAMES } from "../../index.js";
import { isObject, parseBody } from "./parse-body.js";

/** A vitest test that sends the body of a delivery to a receiver, for users to paste into their tests. */
export function asTest(body: string): string {
  const event = findEvent(body);
  const name = event === undefined ? "refuses a body without an event" : `accepts ${event}`;
  const isKnown = EVENT_NAMES.some((known) => known === event);
  const handlers = isKnown ? `on: { "${event ?? ""}": handler }` : "onUnknownEvent: handler";
  return `import { createReceiver, signBody } from "linq-webhooks/receiver";
import { expect, it, vi } from "vitest";

it(${JSON.stringify(name)}, async () => {
  const body = ${JSON.stringify(body)};
  const handler = vi.fn();
  // Put your own receiver and its secret here.
  const secret = "a-secret-for-this-test";
  const receiver = createReceiver({ secret, ${handlers} });

  const headers = { "X-Webhook-Signature": await signBody(body, secret) };
  const { status } = await receiver.receive({ body, headers });

  expect(status).toBe(${event === undefined ? 400 : 200});
  expect(handler).toHaveBeenCalledTimes(${event === undefined ? 0 : 1});
});
`;
}

/** The type of the event, if the body is one. */
function findEvent(body: string): string | undefined {
  const parsed = parseBody(body);
  if (!isObject(parsed)) return undefined;
  const type = parsed.get("event_type");
  return typeof type === "string" && type !== "" && isObject(parsed.get("data")) ? type : undefined;
}
