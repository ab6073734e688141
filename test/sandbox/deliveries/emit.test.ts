import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { InvalidInputError } from "../../../src/errors/invalid-input-error.js";
import { createEvent, createSandbox, type Sandbox } from "../../../src/sandbox/index.js";
import { buildInput, callApi, HOOK, subscribe } from "../call-api.js";

const EXAMPLE = createEvent("message.received").data;
const AT = Date.UTC(2025, 4, 21, 21, 30);

interface Observed {
  readonly sandbox: Sandbox;
  /** What reached the hook, in order of arrival. */
  readonly received: { headers: Headers; body: string }[];
}

/** A sandbox whose deliveries to the hook are recorded and answered. */
function createObserved(answer = (): Response => new Response("ok")): Observed {
  const received: Observed["received"] = [];
  const receive = async (request: Request): Promise<Response> => {
    received.push({ headers: request.headers, body: await request.text() });
    return answer();
  };
  return { received, sandbox: createSandbox({ now: () => AT, receivers: { [HOOK]: receive } }) };
}

describe("emit", () => {
  test("merges the given data over that of the example", async () => {
    const { sandbox, received } = createObserved();
    await subscribe(sandbox);
    const [delivery] = await sandbox.emit("message.received", { id: "1", text: "Hello 🏡" });
    expect(received).toHaveLength(1);
    expect(received[0]?.body).toBe(
      `{"api_version":"v2","created_at":"2025-05-21T21:30:00.000Z",` +
        `"data":${JSON.stringify({ ...EXAMPLE, id: "1", text: "Hello 🏡" })},"event_id":"${delivery?.event_id ?? ""}",` +
        `"event_type":"message.received"}`,
    );
    expect(received[0]?.headers.get("content-type")).toBe("application/json");
    expect(received[0]?.headers.get("x-webhook-signature")).toBe(null);
    expect(delivery).toEqual({
      subscriptionId: 1,
      attempt: 1,
      duration: expect.any(Number) as unknown,
      url: HOOK,
      event_type: "message.received",
      event_id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) as unknown,
      headers: { "content-type": "application/json" },
      body: received[0]?.body,
      signature: undefined,
      status: 200,
      error: undefined,
    });
  });

  test.each(["plain", "emoji 🏡👩‍👩‍👧", "lone surrogate \ud800", "\u2028 and \u0000"])(
    "signs the exact bytes of a body with %j",
    async (text) => {
      const secret = "sécret 🔑";
      const { sandbox, received } = createObserved();
      await subscribe(sandbox, { secret });
      const [delivery] = await sandbox.emit("message.received", { text });
      const body = received[0]?.body ?? "";
      const expected = `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
      expect(received[0]?.headers.get("x-webhook-signature")).toBe(expected);
      expect(delivery?.signature).toBe(expected);
      expect(delivery?.headers["X-Webhook-Signature"]).toBe(expected);
      expect(delivery?.body).toBe(body);
    },
  );

  test("signs with the secret of the last update", async () => {
    const { sandbox } = createObserved();
    await subscribe(sandbox, { secret: "old" });
    await callApi(sandbox, "updateWebhookSubscription", { body: buildInput({ secret: "new" }) });
    const [delivery] = await sandbox.emit("message.received");
    const expected = createHmac("sha256", "new")
      .update(delivery?.body ?? "")
      .digest("hex");
    expect(delivery?.signature).toBe(`sha256=${expected}`);
  });

  test("delivers to duplicates twice, under the same event_id", async () => {
    const { sandbox, received } = createObserved();
    await subscribe(sandbox);
    await subscribe(sandbox);
    const deliveries = await sandbox.emit("message.received");
    expect(deliveries.map(({ subscriptionId }) => subscriptionId)).toEqual([1, 2]);
    expect(new Set(deliveries.map(({ event_id }) => event_id)).size).toBe(1);
    expect(received).toHaveLength(2);
    expect(received[0]?.body).toBe(received[1]?.body);
  });

  test("gives every event its own event_id", async () => {
    const { sandbox } = createObserved();
    await subscribe(sandbox);
    await sandbox.emit("message.received");
    await sandbox.emit("message.received");
    expect(new Set(sandbox.deliveries.map(({ event_id }) => event_id)).size).toBe(2);
  });

  test("delivers once to a subscription that names the event twice", async () => {
    const { sandbox, received } = createObserved();
    await subscribe(sandbox, { events: ["message.received", "message.received"] });
    await sandbox.emit("message.received");
    expect(received).toHaveLength(1);
  });

  test("skips inactive and deleted subscriptions, and those of other events", async () => {
    const { sandbox, received } = createObserved();
    await subscribe(sandbox, { active: false });
    await subscribe(sandbox, { events: ["message.read"] });
    await subscribe(sandbox);
    await callApi(sandbox, "deleteWebhookSubscription", { id: "3" });
    await subscribe(sandbox);
    await callApi(sandbox, "updateWebhookSubscription", {
      id: "4",
      body: buildInput({ active: false }),
    });
    expect(await sandbox.emit("message.received")).toEqual([]);
    expect(received).toEqual([]);
    expect(sandbox.subscriptions.map(({ delivery_attempts }) => delivery_attempts)).toEqual([
      0, 0, 0,
    ]);
  });

  test.each([
    [200, true],
    [204, true],
    [302, false],
    [404, false],
    [500, false],
  ])("counts an attempt answered by %i; delivered: %s", async (status, isDelivered) => {
    const { sandbox } = createObserved(() => new Response(null, { status }));
    await subscribe(sandbox);
    expect(await sandbox.emit("message.received")).toMatchObject([{ status, error: undefined }]);
    const last_delivered_at = isDelivered ? new Date(AT).toISOString() : null;
    expect(sandbox.subscriptions).toMatchObject([{ delivery_attempts: 1, last_delivered_at }]);
  });

  test("sends to all at once, and keeps the deliveries in the order in which they end", async () => {
    const answers: ((response: Response) => void)[] = [];
    const receive = (): Promise<Response> => new Promise((resolve) => answers.push(resolve));
    const sandbox = createSandbox({ receivers: { [HOOK]: receive } });
    await subscribe(sandbox);
    await subscribe(sandbox);
    const emitted = sandbox.emit("message.received");
    expect(answers).toHaveLength(2);
    answers[1]?.(new Response());
    // A task of the event loop later, all promises that can settle have done so.
    await new Promise(setImmediate);
    expect(sandbox.deliveries.map(({ subscriptionId }) => subscriptionId)).toEqual([2]);
    answers[0]?.(new Response());
    expect((await emitted).map(({ subscriptionId }) => subscriptionId)).toEqual([1, 2]);
    expect(sandbox.deliveries.map(({ subscriptionId }) => subscriptionId)).toEqual([2, 1]);
  });

  test("emits events outside the specification only with `allowUnknownEvents`", async () => {
    const sandbox = createSandbox({ allowUnknownEvents: true });
    await subscribe(sandbox);
    expect(await sandbox.emit("message.edited")).toEqual([]);
    expect(await sandbox.emit("toString", { any: 1 })).toEqual([]);
    const { emit } = createSandbox();
    // @ts-expect-error -- this one is not known
    await expect(emit("message.recieved")).rejects.toThrow(
      '`event` must be a known event name; did you mean "message.received"?',
    );
  });

  const BAD_ARGUMENTS: [name: string, event: unknown, data: unknown][] = [
    ["no event", undefined, undefined],
    ["an empty event", "", undefined],
    ["an unknown event", "message.edited", undefined],
    ["data that is null", "message.read", null],
    ["data that is a list", "message.read", []],
    ["data that is a text", "message.read", "x"],
    ["data that cannot become JSON", "message.read", { size: 1n }],
  ];

  test.each(BAD_ARGUMENTS)("refuses %s with an InvalidInputError", async (_name, event, data) => {
    const { sandbox } = createObserved();
    await subscribe(sandbox, { events: ["message.read"] });
    const emit = sandbox.emit as (event: unknown, data: unknown) => Promise<unknown>; // As without types.
    await expect(emit(event, data)).rejects.toThrow(InvalidInputError);
    expect(sandbox.deliveries).toEqual([]);
  });
});
