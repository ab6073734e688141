import { createHmac } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  createReceiver,
  type DeliveryStore,
  type LinqEvent,
  type Receiver,
  type ReceiverOptions,
  signBody,
  unwrapEvent,
  verifySignature,
} from "../../src/receiver/index.js";
import { thrownBy } from "../support/rejection.js";
import { visibleText } from "../support/visible-text.js";
import { requestOf, SECRET, signatureOf, type TestDelivery, writeEvent } from "./delivery.js";
import { createGate } from "./gate.js";
import { observeStore } from "./observed-store.js";

const MARKER = "what-only-the-two-of-them-know";
const NEW_SECRET = "the secret that comes next";
const BODY = writeEvent({ data: { text: MARKER }, created_at: "2020-01-01T00:00:00Z" });

const CONSOLE = ["debug", "error", "info", "log", "trace", "warn"] as const;
const logs = CONSOLE.map((name) => vi.spyOn(console, name));

beforeEach(() => {
  for (const log of logs) log.mockReset().mockReturnValue();
});

afterEach(() => {
  vi.useRealTimers();
});

/** What no outsider may learn: the secrets, the content and the right signatures. */
function hiddenWith(body: string): string[] {
  const spellings = [body, body.trim(), JSON.stringify(sort(body))];
  return [SECRET, NEW_SECRET, MARKER].concat(
    [SECRET, NEW_SECRET].flatMap((secret) =>
      spellings.flatMap((text) =>
        (["hex", "base64", "base64url"] as const).map((encoding) =>
          createHmac("sha256", secret).update(text).digest(encoding),
        ),
      ),
    ),
  );
}

function sort(body: string): unknown {
  try {
    const event: unknown = JSON.parse(body);
    return Object.fromEntries(Object.entries(Object(event) as object).sort());
  } catch {
    return body;
  }
}

/** Everything that is reported about a delivery, to anybody, except the event in the receipt. */
async function hear(
  delivery: TestDelivery,
  options: Partial<ReceiverOptions> = {},
): Promise<string> {
  const told: unknown[] = [];
  const create = (observers: Partial<ReceiverOptions>): Receiver =>
    createReceiver({ secret: [SECRET, NEW_SECRET], ...options, ...observers });
  const watched = create({
    onRefused: (error) => told.push(error),
    onError: (error) => told.push(error),
  });
  const receipt = await watched.receive(delivery);
  expect(receipt.status).not.toBe(200);
  const { body, headers } = delivery;
  const request = requestOf({ body, headers });
  const response = await create({}).fetch(request);
  told.push(
    { ...receipt, event: undefined },
    watched,
    Object.fromEntries(response.headers),
    response.statusText,
    await response.text(),
    ...logs.map((log) => log.mock.calls),
  );
  return told.map(visibleText).join("\n");
}

const signed = (body: string): TestDelivery => ({
  body,
  headers: { "x-webhook-signature": signatureOf(body) },
});
const withHeader = (value: string, body = BODY): TestDelivery => ({
  body,
  headers: { "x-webhook-signature": value },
});
const fail = (): never => {
  throw new Error("no connection");
};
const failing = (other: Partial<DeliveryStore>): Partial<ReceiverOptions> => ({
  store: observeStore(other),
});

describe("errors, answers and logs reveal nothing of a delivery", () => {
  test.each<[name: string, delivery: TestDelivery, options?: Partial<ReceiverOptions>]>([
    ["without a signature", { body: BODY, headers: {} }],
    ["with no signature in the header", withHeader("sha256=x")],
    ["with a signature of bare digits", withHeader(signatureOf("other").slice(7))],
    ["under the secret of somebody else", withHeader(signatureOf(BODY, "theirs"))],
    ["that was serialised again", withHeader(signatureOf(BODY), `${BODY} `)],
    ["of version 3", { body: BODY, headers: { "webhook-id": "1", "webhook-signature": "v1,x" } }],
    ["that is not JSON", signed(`${BODY}${MARKER}`)],
    ["that is a text", signed(JSON.stringify(MARKER))],
    ["without a type", signed(JSON.stringify({ data: { text: MARKER } }))],
    ["without data", signed(JSON.stringify({ event_type: "message.read", text: MARKER }))],
    ["that nests too deeply", signed(`${"[".repeat(70)}"${MARKER}"${"]".repeat(70)}`)],
    ["that is too large", signed(BODY), { maxBodyBytes: 10 }],
    ["that is too old", signed(BODY), { maxAge: 1 }],
    ["whose age cannot be told", signed(writeEvent({ created_at: MARKER })), { maxAge: 1 }],
    ["that cannot be claimed", signed(BODY), failing({ claim: fail })],
    ["that another process is at", signed(BODY), failing({ claim: () => "pending" })],
    ["whose handler throws", signed(BODY), { on: { "message.read": fail } }],
    [
      "whose handler cannot be released",
      signed(BODY),
      { on: { "message.read": fail }, ...failing({ release: fail }) },
    ],
    ["whose second key fails", signed(BODY), { dedupeKey: fail }],
  ])("%s", async (_name, delivery, options) => {
    const rest = { on: { "message.read": () => undefined }, ...options };
    const text = await hear(delivery, rest);
    expect(text).not.toBe("");
    for (const hidden of hiddenWith(String(delivery.body))) expect(text).not.toContain(hidden);
  });

  test("whose body is not the raw body", async () => {
    const event = { event_type: "message.read", data: { text: MARKER } };
    const body = event as unknown as string;
    const receiver = createReceiver({ secret: SECRET });
    const delivery = { ...withHeader(signatureOf(BODY)), body };
    const { error, body: answer } = await receiver.receive(delivery);
    const errors = await Promise.allSettled([
      unwrapEvent({ ...delivery, secret: SECRET }),
      verifySignature({ body, signature: signatureOf(BODY), secret: SECRET }),
      signBody(body, SECRET),
    ]);
    const text = [error, answer, ...errors].map(visibleText).join("\n");
    expect(text).toContain("body_not_raw");
    for (const hidden of hiddenWith(BODY)) expect(text).not.toContain(hidden);
  });

  test("after its answer, when the handler fails late", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    const told: unknown[] = [];
    const { passed, fail: failLate } = createGate();
    const receiver = createReceiver({
      secret: [SECRET, NEW_SECRET],
      on: { "message.read": () => passed },
      onError: (error) => told.push(error),
    });
    const waitUntil = vi.fn<(rest: Promise<unknown>) => void>();
    const receipt = receiver.receive(signed(BODY), { waitUntil });
    await vi.advanceTimersByTimeAsync(8_000);
    expect(await receipt).toMatchObject({ outcome: "accepted" });
    failLate(new Error("late"));
    told.push(
      await waitUntil.mock.calls[0]?.[0],
      logs.map((log) => log.mock.calls),
    );
    const text = told.map(visibleText).join("\n");
    expect(text).toContain("late");
    for (const hidden of hiddenWith(BODY)) expect(text).not.toContain(hidden);
  });
});

describe("nothing is revealed of a secret", () => {
  test.each([` ${SECRET}`, `${SECRET}\n`, `${SECRET}********`, `${SECRET}\ud83d`, [SECRET, ""]])(
    "that is not usable: %j",
    (secret) => {
      const error = thrownBy(() => createReceiver({ secret }));
      expect(visibleText(error)).not.toContain(SECRET);
    },
  );

  test("given together with a wrong option", () => {
    const options = { secret: SECRET, [SECRET.replaceAll(" ", "_")]: SECRET };
    expect(visibleText(thrownBy(() => createReceiver(options)))).not.toContain(SECRET);
  });

  test("when the receiver itself is printed", () => {
    expect(visibleText(createReceiver({ secret: SECRET }))).not.toContain(SECRET);
  });
});

test("a handler gets the whole event and nothing else", async () => {
  const events: LinqEvent[] = [];
  const onUnknownEvent = (event: LinqEvent): number => events.push(event);
  const receiver = createReceiver({ secret: SECRET, onUnknownEvent });
  const body = writeEvent({ event_type: "other" });
  await receiver.receive(signed(body));
  expect(events).toEqual([JSON.parse(body)]);
  expect(visibleText(events)).not.toContain(SECRET);
});
