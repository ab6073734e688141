import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { EVENT_NAMES } from "../../generated/constants.js";
import { createReceiver } from "../../src/receiver/create-receiver.js";
import type { DeliveryHeaders } from "../../src/receiver/read-header.js";
import type { Receipt, Receiver, ReceiverOptions } from "../../src/receiver/receiver.js";
import { BODIES } from "./bodies.js";
import {
  deliver,
  deliveryOf,
  HOOK,
  requestOf,
  SECRET,
  signatureOf,
  streamOf,
  writeEvent,
} from "./delivery.js";
import { createGate, settleDown } from "./gate.js";
import { NO_SIGNATURES } from "./no-signatures.js";
import { NOT_RAW } from "./not-raw.js";
import { observeStore } from "./observed-store.js";

/** A receiver that records what it passes on. */
function observe(options: Partial<ReceiverOptions> = {}): {
  receiver: Receiver;
  handler: ReturnType<typeof vi.fn>;
  onUnknownEvent: ReturnType<typeof vi.fn>;
  onError: ReturnType<typeof vi.fn>;
  onRefused: ReturnType<typeof vi.fn>;
} {
  const observers = { onUnknownEvent: vi.fn(), onError: vi.fn(), onRefused: vi.fn() };
  const handler = vi.fn();
  const on = Object.fromEntries(EVENT_NAMES.map((name) => [name, handler]));
  const receiver = createReceiver({ secret: SECRET, on, ...observers, ...options });
  return { receiver, handler, ...observers };
}

const silent = { onError: () => undefined };

/** The status and the text of an answer. */
async function see(answer: Promise<Response>): Promise<[status: number, text: string]> {
  const response = await answer;
  return [response.status, await response.text()];
}

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("fetch", () => {
  test("passes a signed event to its handler and answers 200", async () => {
    const { receiver, handler, onRefused, onError } = observe();
    expect(await see(receiver.fetch(requestOf()))).toEqual([200, ""]);
    expect(handler.mock.calls).toEqual([[JSON.parse(writeEvent())]]);
    expect(onRefused).not.toHaveBeenCalled();
    expect(onError).not.toHaveBeenCalled();
  });

  test.each(["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY", "post"])(
    "answers 405 to %s, with an `allow` header",
    async (method) => {
      const { receiver, handler } = observe();
      // `fetch` turns `post` into `POST`, but not every server does.
      const request = { method, headers: new Headers(), body: null, bodyUsed: false };
      const response = await receiver.fetch(request as unknown as Request);
      expect(response.status).toBe(405);
      expect(response.headers.get("allow")).toBe("POST");
      expect(handler).not.toHaveBeenCalled();
    },
  );

  test.each(BODIES)("verifies %s byte for byte, whole or in single bytes", async (_name, body) => {
    const { receiver } = observe();
    const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
    const singly = Array.from(bytes, (byte) => Uint8Array.of(byte));
    const forged = { body, headers: deliveryOf(body, "not the secret").headers };
    for (const send of [() => new Uint8Array(bytes), () => streamOf(singly)]) {
      // Not all of them are events, but that is only checked after the signature.
      const signed = await receiver.fetch(requestOf(deliveryOf(body), send()));
      expect([200, 400]).toContain(signed.status);
      expect((await receiver.fetch(requestOf(forged, send()))).status).toBe(401);
    }
  });

  test("accepts a body of exactly the limit, and refuses one more byte", async () => {
    const body = writeEvent({ data: { text: "🏡".repeat(100) } });
    const { length } = new TextEncoder().encode(body);
    const { receiver } = observe({ maxBodyBytes: length });
    expect(await see(receiver.fetch(requestOf(deliveryOf(body))))).toEqual([200, ""]);
    const [status, text] = await see(receiver.fetch(requestOf(deliveryOf(`${body} `))));
    expect(status).toBe(413);
    expect(text).toContain(`at most ${length} bytes`);
  });

  test.each<[name: string, use: (request: Request) => Promise<unknown>]>([
    ["used up as JSON", (request) => request.json()],
    ["used up as text", (request) => request.text()],
    ["begun", async (request) => request.body?.getReader().read()],
    ["locked", (request) => Promise.resolve(request.body?.getReader())],
    ["split in two", (request) => Promise.resolve(request.body?.tee())],
  ])("answers 401 with an explanation to a body that was already %s", async (_name, use) => {
    const { receiver, onRefused } = observe();
    const request = requestOf();
    await use(request);
    const [status, text] = await see(receiver.fetch(request));
    expect(status).toBe(401);
    expect(text).toMatch(/body parser.*raw body before the parser|no parser has read it/);
    expect(onRefused).toHaveBeenCalledWith(expect.objectContaining({ reason: "body_not_raw" }));
  });

  test("leaves a clone of the request readable", async () => {
    const { receiver } = observe();
    const request = requestOf();
    const clone = request.clone();
    expect(await see(receiver.fetch(request))).toEqual([200, ""]);
    expect(await clone.text()).toBe(writeEvent());
  });

  test("answers 400 to a body that breaks off", async () => {
    const { receiver, onRefused, onError } = observe();
    const stream = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        controller.error(new Error("reset"));
      },
    });
    expect((await see(receiver.fetch(requestOf(deliver(), stream))))[0]).toBe(400);
    expect(onRefused).toHaveBeenCalledOnce();
    expect(onError).not.toHaveBeenCalled();
  });

  test("answers 413 to a body that never ends, and cancels it", async () => {
    const cancel = vi.fn();
    const stream = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        controller.enqueue(new Uint8Array(1_000));
      },
      cancel,
    });
    const { receiver } = observe({ maxBodyBytes: 10_000 });
    expect((await see(receiver.fetch(requestOf(deliver(), stream))))[0]).toBe(413);
    expect(cancel).toHaveBeenCalledOnce();
  });

  test("answers 408 to a body that stalls until the answer is due", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    const cancel = vi.fn();
    const stream = new ReadableStream<Uint8Array>({ cancel });
    const { receiver } = observe({ ackTimeout: 5_000 });
    const answer = see(receiver.fetch(requestOf(deliver(), stream)));
    await vi.advanceTimersByTimeAsync(4_999);
    expect(cancel).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect((await answer)[0]).toBe(408);
    expect(cancel).toHaveBeenCalledOnce();
  });

  test("leaves no timer behind after any answer", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    const { receiver } = observe({
      ...silent,
      on: { "message.read": () => Promise.reject(new Error()) },
    });
    for (const delivery of [
      deliver(),
      deliver({ event_type: "other" }),
      deliveryOf("{}", "other"),
    ]) {
      await receiver.fetch(requestOf(delivery));
    }
    expect(vi.getTimerCount()).toBe(0);
  });

  test.each(["100", "0", "-1", "garbage", "1, 2"])(
    "ignores a `content-length` of %s",
    async (length) => {
      const { receiver } = observe();
      const { body, headers } = deliver();
      const request = requestOf({ body, headers: { ...headers, "content-length": length } });
      expect(await see(receiver.fetch(request))).toEqual([200, ""]);
    },
  );
});

describe("receive", () => {
  const raw = new TextEncoder().encode(writeEvent());
  const signature = signatureOf(raw);

  test.each<[name: string, headers: DeliveryHeaders]>([
    ["a Headers", new Headers({ "X-Webhook-Signature": signature })],
    ["a record as Node has it", { "x-webhook-signature": signature, "set-cookie": ["a"] }],
    ["a record in another case", { "X-WEBHOOK-SIGNATURE": signature }],
    ["a list of names and values", ["Host", "hook.example", "X-Webhook-Signature", signature]],
    ["a list of one, as gateways have it", { "X-Webhook-Signature": [signature] }],
    [
      "an object in a list, as Lambda@Edge has it",
      { "x-webhook-signature": [{ key: "X-Webhook-Signature", value: signature }] },
    ],
    ["a Map", new Map([["X-Webhook-Signature", signature]])],
  ])("finds the signature in %s", async (_name, headers) => {
    const { receiver } = observe();
    expect(await receiver.receive({ body: raw, headers })).toMatchObject({
      status: 200,
      outcome: "handled",
    });
  });

  test.each<[name: string, headers: DeliveryHeaders]>([
    ["a list of two", { "x-webhook-signature": [signature, signature] }],
    ["two spellings", { "x-webhook-signature": signature, "X-Webhook-Signature": signature }],
    ["two lines", ["X-Webhook-Signature", signature, "X-Webhook-Signature", signature]],
    ["two values joined", { "x-webhook-signature": `${signature}, ${signature}` }],
  ])("refuses a signature in %s", async (_name, headers) => {
    const { receiver } = observe();
    expect(await receiver.receive({ body: raw, headers })).toMatchObject({
      status: 401,
      outcome: "refused",
      error: { reason: "malformed" },
    });
  });

  test("answers 401 without any headers", async () => {
    const { receiver } = observe();
    // What gateways pass when there are no headers.
    for (const headers of [null, undefined] as unknown as DeliveryHeaders[]) {
      const receipt = await receiver.receive({ body: raw, headers });
      expect(receipt).toMatchObject({ status: 401, error: { reason: "missing" } });
    }
  });

  test.each(NO_SIGNATURES)("answers 401 to %s", async (_name, value) => {
    const { receiver, handler, onError } = observe();
    const headers = { "x-webhook-signature": value };
    expect(await receiver.receive({ body: raw, headers })).toMatchObject({
      status: 401,
      outcome: "refused",
      body: expect.stringMatching(/X-Webhook-Signature|version 3/) as string,
    });
    expect(handler).not.toHaveBeenCalled();
    expect(onError).not.toHaveBeenCalled();
  });

  test.each(NOT_RAW)(
    "answers 401 with an explanation to %s in place of the body",
    async (_name, value) => {
      const { receiver, onError } = observe();
      const { headers } = deliver();
      const receipt = await receiver.receive({ body: value as string, headers });
      expect(receipt).toMatchObject({ status: 401, error: { reason: "body_not_raw" } });
      expect(receipt.body).toMatch(/body parser.*raw body before the parser|no parser has read it/);
      expect(onError).not.toHaveBeenCalled();
    },
  );

  test("answers 413 to a body over the limit", async () => {
    const { receiver } = observe({ maxBodyBytes: raw.length - 1 });
    expect(await receiver.receive(deliveryOf(raw))).toMatchObject({ status: 413 });
  });

  test("returns a receipt with the event and the outcome", async () => {
    const { receiver } = observe();
    const event: unknown = JSON.parse(writeEvent());
    expect(await receiver.receive(deliver())).toEqual({
      status: 200,
      body: "",
      outcome: "handled",
      duration: expect.any(Number) as unknown,
      event,
    });
    expect(await receiver.receive(deliver())).toMatchObject({ outcome: "duplicate", status: 200 });
  });

  test("needs no `this`", async () => {
    const { receive, fetch, close } = observe().receiver;
    expect(await receive(deliver())).toMatchObject({ status: 200 });
    expect((await fetch(requestOf())).status).toBe(200);
    await close();
  });
});

describe("secrets", () => {
  test.each([0, 1, 2])("can be several, with the right one at position %i", async (position) => {
    const secret = ["old secret", "other secret", "third secret"];
    const { receiver } = observe({ secret });
    expect(await receiver.receive(deliveryOf(writeEvent(), secret[position]))).toMatchObject({
      status: 200,
    });
    expect(await receiver.receive(deliver())).toMatchObject({ error: { reason: "mismatch" } });
  });

  test("are not affected by later changes to the list", async () => {
    const secret = ["old secret"];
    const { receiver } = observe({ secret });
    secret.push(SECRET);
    expect(await receiver.receive(deliver())).toMatchObject({ status: 401 });
  });
});

describe("with `allowUnsigned`", () => {
  const unsigned = { body: writeEvent(), headers: {} };

  test("accepts unsigned deliveries, which are refused without it", async () => {
    expect(await observe().receiver.receive(unsigned)).toMatchObject({
      status: 401,
      error: { reason: "missing" },
    });
    const open = createReceiver({ allowUnsigned: true, on: {} });
    expect(await open.receive(unsigned)).toMatchObject({ status: 200 });
    const { receiver, handler } = observe({ allowUnsigned: true });
    expect(await receiver.receive(unsigned)).toMatchObject({ status: 200 });
    expect(handler).toHaveBeenCalledOnce();
  });

  test("still verifies a signature that is present", async () => {
    const { receiver } = observe({ allowUnsigned: true });
    const forged = deliveryOf(writeEvent(), "not the secret");
    expect(await receiver.receive(forged)).toMatchObject({ error: { reason: "mismatch" } });
    expect(await receiver.receive(deliver())).toMatchObject({ status: 200 });
  });
});

describe("events", () => {
  test.each(EVENT_NAMES)("of type %s reach their handler", async (event_type) => {
    const { receiver, handler, onUnknownEvent } = observe();
    await receiver.receive(deliver({ event_type }));
    expect(handler).toHaveBeenCalledWith(expect.objectContaining({ event_type }));
    expect(onUnknownEvent).not.toHaveBeenCalled();
  });

  test.each(["message.edited", "constructor", "__proto__", "toString", "hasOwnProperty"])(
    "of type %s reach onUnknownEvent unchanged and are answered with 200",
    async (event_type) => {
      const { receiver, handler, onUnknownEvent } = observe();
      const fields = { event_type, more: [1], data: { id: 1 } };
      expect(await receiver.receive(deliver(fields))).toMatchObject({ status: 200 });
      expect(onUnknownEvent.mock.calls).toEqual([[JSON.parse(writeEvent(fields))]]);
      expect(handler).not.toHaveBeenCalled();
    },
  );

  test.each(["message.edited", "message.read", "constructor"])(
    "of type %s without a handler are answered with 200 and not remembered",
    async (event_type) => {
      const store = observeStore();
      const receiver = createReceiver({ secret: SECRET, store });
      expect(await receiver.receive(deliver({ event_type }))).toMatchObject({
        status: 200,
        outcome: "ignored",
      });
      expect(store.log).toEqual([]);
    },
  );

  test("keep their ids as received", async () => {
    const { receiver, handler } = observe();
    await receiver.receive(deliver({ event_type: "contact.created", data: { id: 12 } }));
    await receiver.receive(deliver({ event_type: "message.sent", data: { id: "12" } }));
    const ids = handler.mock.calls.map(([event]) => (event as { data: { id: unknown } }).data.id);
    expect(ids).toEqual([12, "12"]);
  });

  test("pollute no prototype when a handler copies them", async () => {
    const copies: object[] = [];
    const receiver = createReceiver({
      secret: SECRET,
      on: {
        "message.read": ({ data }) => {
          copies.push({ ...data }, Object.assign({}, data), Object.assign([], data));
        },
      },
    });
    for (const name of ["__proto__", String.raw`\u005f_proto__`]) {
      const body = `{"event_type":"message.read","data":{"id":"1","${name}":{"isAdmin":true}}}`;
      expect(await receiver.receive(deliveryOf(body))).toMatchObject({ status: 200 });
    }
    expect(copies).toHaveLength(6);
    for (const copy of copies) expect(copy).not.toHaveProperty("isAdmin");
  });

  test.each([
    ["no JSON", "{"],
    ["no event", "[]"],
    ["an event without a type", '{"data":{}}'],
    ["an event without data", '{"event_type":"message.read"}'],
    [
      "an event that nests too deeply",
      `{"event_type":"a","data":{"a":${"[".repeat(64)}${"]".repeat(64)}}}`,
    ],
  ])("that are %s are answered with 400", async (_name, body) => {
    const { receiver, onRefused, onError } = observe();
    expect(await receiver.receive(deliveryOf(body))).toMatchObject({
      status: 400,
      outcome: "refused",
      error: { code: "invalid_event" },
    });
    expect(onRefused).toHaveBeenCalledOnce();
    expect(onError).not.toHaveBeenCalled();
  });
});

describe("maxAge", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2025, 4, 21, 21, 30) });
  });

  test.each([
    ["now", "2025-05-21 15:30:00 -0600", 200],
    ["as old as it may be", "2025-05-21T21:29:00Z", 200],
    ["too old", "2025-05-21T21:28:59.999Z", 400],
    ["as far in the future as it may be", "2025-05-21T21:31:00Z", 200],
    ["too far in the future", "2025-05-21T21:31:00.001Z", 400],
    ["without an offset", "2025-05-21T21:30:00", 400],
    ["no time", "soon", 400],
    ["missing", undefined, 400],
    ["null", null, 400],
    ["a number", 1_747_863_000, 400],
    ["a list", ["2025-05-21T21:30:00Z"], 400],
    ["an object that is not text", { toString: 1, valueOf: 1 }, 400],
  ])("judges a time that is %s", async (_name, created_at, status) => {
    const { receiver, onError } = observe({ maxAge: 60_000 });
    const receipt = await receiver.receive(deliver({ created_at }));
    expect(receipt.status).toBe(status);
    if (status === 400) expect(receipt.error).toMatchObject({ field: "created_at" });
    expect(onError).not.toHaveBeenCalled();
  });

  test.each(["1970-01-01T00:00:00Z", "9999-01-01T00:00:00Z", "soon", undefined, { toString: 1 }])(
    "is not checked unless it is set, with a time of %j",
    async (created_at) => {
      expect(await observe().receiver.receive(deliver({ created_at }))).toMatchObject({
        status: 200,
      });
    },
  );

  test("refuses an event that is too old before claiming it", async () => {
    const store = observeStore();
    const { receiver } = observe({ maxAge: 60_000, store });
    await receiver.receive(deliver({ created_at: "2020-01-01T00:00:00Z" }));
    expect(store.log).toEqual([]);
  });
});

describe("once", () => {
  test("simultaneous duplicates run the handler once and are answered when it ends", async () => {
    const { passed, open } = createGate();
    const handler = vi.fn(() => passed);
    const receiver = createReceiver({ secret: SECRET, on: { "message.read": handler } });
    const answered = vi.fn();
    const answers = [1, 2, 3].map(() => receiver.fetch(requestOf()));
    for (const answer of answers) void answer.then(answered);
    await settleDown();
    await settleDown();
    expect(handler).toHaveBeenCalledOnce();
    expect(answered).not.toHaveBeenCalled();
    open();
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(handler).toHaveBeenCalledOnce();
  });

  test("duplicates whose handler throws both get 500, and the next one is handled", async () => {
    const handler = vi.fn(() => Promise.reject(new Error("down")));
    const receiver = createReceiver({ secret: SECRET, ...silent, on: { "message.read": handler } });
    const answers = await Promise.all([1, 2].map(() => receiver.receive(deliver())));
    expect(answers.map(({ status }) => status)).toEqual([500, 500]);
    expect(handler).toHaveBeenCalledOnce();
    handler.mockImplementation(() => Promise.resolve() as Promise<never>);
    expect(await receiver.receive(deliver())).toMatchObject({ status: 200, outcome: "handled" });
    expect(await receiver.receive(deliver())).toMatchObject({ status: 200, outcome: "duplicate" });
    expect(handler).toHaveBeenCalledTimes(2);
  });

  test.each([
    ["a forged delivery", deliveryOf(writeEvent(), "not the secret"), 401],
    ["an unsigned delivery", { body: writeEvent(), headers: {} }, 401],
    ["a text that is not an event", deliveryOf("{}"), 400],
  ])("%s claims nothing", async (_name, delivery, status) => {
    const store = observeStore();
    const { receiver } = observe({ store });
    expect(await receiver.receive(delivery)).toMatchObject({ status });
    expect(store.log).toEqual([]);
    expect(await receiver.receive(deliver())).toMatchObject({ outcome: "handled" });
    expect(store.log).toEqual([
      "claim linq:v2:message.read:wh_evt_1",
      "complete linq:v2:message.read:wh_evt_1",
    ]);
  });

  test("an event that another process is handling is answered with 503", async () => {
    const store = observeStore({ claim: () => "pending" });
    const { receiver, handler, onError } = observe({ store });
    expect(await receiver.receive(deliver())).toMatchObject({ status: 503, outcome: "pending" });
    expect(handler).not.toHaveBeenCalled();
    expect(onError).not.toHaveBeenCalled();
  });

  test("two types with one id are two events", async () => {
    const { receiver, handler } = observe();
    await receiver.receive(deliver({ event_type: "message.sent" }));
    await receiver.receive(deliver({ event_type: "message.received" }));
    expect(handler).toHaveBeenCalledTimes(2);
  });

  test("an event without an id is identified by its bytes", async () => {
    const { receiver, handler } = observe();
    const event = { event_id: undefined };
    for (const data of [{ id: "1" }, { id: "2" }, { id: "1" }]) {
      await receiver.receive(deliver({ ...event, data }));
    }
    expect(handler).toHaveBeenCalledTimes(2);
  });

  test("a numeric id counts as an id, including 0", async () => {
    const { receiver, handler } = observe();
    for (const event_id of [1, 2, 1, 0, 0]) await receiver.receive(deliver({ event_id }));
    expect(handler).toHaveBeenCalledTimes(3);
  });

  test("receivers with different namespaces share a store but no events", async () => {
    const store = observeStore();
    const [eu, us] = ["eu", "us"].map((namespace) => observe({ store, namespace }));
    expect(await eu?.receiver.receive(deliver())).toMatchObject({ outcome: "handled" });
    expect(await us?.receiver.receive(deliver())).toMatchObject({ outcome: "handled" });
    expect(await us?.receiver.receive(deliver())).toMatchObject({ outcome: "duplicate" });
    expect(store.log).toContain("complete eu:message.read:wh_evt_1");
  });

  test.each([
    ["at once", (work: (() => Promise<unknown>)[]) => Promise.all(work.map((start) => start()))],
    [
      "one after the other",
      async (work: (() => Promise<unknown>)[]) => {
        for (const start of work) await start();
      },
    ],
  ])("events with equal second keys are handled once, %s", async (_name, run) => {
    const { receiver, handler } = observe({ dedupeKey: ({ raw }) => String(raw.data["id"]) });
    const events = ["e1", "e2", "e3"].map((event_id) => deliver({ event_id }));
    await run(events.map((delivery) => () => receiver.receive(delivery)));
    expect(handler).toHaveBeenCalledOnce();
    // From now on, each of them is also known by its own id.
    await receiver.receive(deliver({ event_id: "e2", data: { id: "m1" } }));
    expect(handler).toHaveBeenCalledOnce();
    await receiver.receive(deliver({ event_id: "e4", data: { id: "m2" } }));
    expect(handler).toHaveBeenCalledTimes(2);
  });

  test("a `dedupeKey` that throws is answered with 500, and nothing is claimed", async () => {
    const error = new Error("no id");
    const store = observeStore();
    const dedupeKey = (): never => {
      throw error;
    };
    const { receiver, handler, onError } = observe({ store, dedupeKey });
    expect(await receiver.receive(deliver())).toMatchObject({
      status: 500,
      outcome: "failed",
      error,
    });
    expect(onError).toHaveBeenCalledWith(error, expect.objectContaining({ event_id: "wh_evt_1" }));
    expect(handler).not.toHaveBeenCalled();
    expect(store.log).toEqual([]);
  });

  test("a claim of a dead process expires after `claimTtl`", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const store = observeStore();
    const dying = observe({
      store,
      claimTtl: 60_000,
      on: { "message.read": () => createGate().passed },
    });
    void dying.receiver.receive(deliver());
    await settleDown();
    const { receiver, handler } = observe({ store });
    vi.setSystemTime(Date.now() + 59_999);
    expect(await receiver.receive(deliver())).toMatchObject({ status: 503 });
    vi.setSystemTime(Date.now() + 1);
    expect(await receiver.receive(deliver())).toMatchObject({ outcome: "handled" });
    expect(handler).toHaveBeenCalledOnce();
  });

  const broken = new Error("no connection");
  describe.each([
    [
      "throws",
      () => {
        throw broken;
      },
    ],
    ["rejects", () => Promise.reject(broken)],
  ])("a store that %s", (_name, fail) => {
    test("at the claim is answered with 503, and reported", async () => {
      const { receiver, handler, onError } = observe({ store: observeStore({ claim: fail }) });
      expect(await receiver.receive(deliver())).toMatchObject({ status: 503, error: broken });
      expect(handler).not.toHaveBeenCalled();
      expect(onError).toHaveBeenCalledExactlyOnceWith(broken, expect.anything());
    });

    test("at the completion is answered with 200, and reported", async () => {
      const { receiver, handler, onError } = observe({ store: observeStore({ complete: fail }) });
      expect(await receiver.receive(deliver())).toMatchObject({ status: 200, outcome: "handled" });
      expect(handler).toHaveBeenCalledOnce();
      expect(onError).toHaveBeenCalledOnce();
      expect(onError.mock.calls[0]?.[0]).toBe(broken);
    });

    test("at the release is answered with 500, and both errors are reported", async () => {
      const own = new Error("of the handler");
      const on = { "message.read": () => Promise.reject(own) };
      const { receiver, onError } = observe({ on, store: observeStore({ release: fail }) });
      expect(await receiver.receive(deliver())).toMatchObject({ status: 500, error: own });
      expect(onError.mock.calls.map(([error]) => error as unknown)).toEqual([broken, own]);
    });
  });
});

describe("observers", () => {
  const raise = (): never => {
    throw new Error("of the observer");
  };
  const reject = (): Promise<never> => Promise.reject(new Error("of the observer"));

  test.each([
    ["throw", raise],
    ["reject", reject],
  ])("that %s change no answer and cause no unhandled rejection", async (_name, fail) => {
    const rejections = vi.fn();
    process.on("unhandledRejection", rejections);
    const on = { "message.read": () => Promise.reject(new Error("of the handler")) };
    const { receiver } = observe({ on, onError: fail, onRefused: fail });
    expect(await receiver.receive(deliver())).toMatchObject({ status: 500 });
    expect(await receiver.receive({ body: "{}", headers: {} })).toMatchObject({ status: 401 });
    await settleDown();
    process.off("unhandledRejection", rejections);
    expect(rejections).not.toHaveBeenCalled();
  });

  test("get each refusal, which is the error of the receipt", async () => {
    const { receiver, onRefused, onError } = observe();
    const { error } = await receiver.receive({ body: "{}", headers: {} });
    expect(onRefused.mock.calls).toEqual([[error]]);
    expect(onError).not.toHaveBeenCalled();
  });

  test("default to the console, for errors and refusals", async () => {
    const log = vi.spyOn(console, "error").mockReturnValue();
    const own = new Error("of the handler");
    const on = { "message.read": () => Promise.reject(own) };
    await createReceiver({ secret: SECRET, on }).receive(deliver());
    expect(log.mock.calls).toEqual([
      ["linq-webhooks: message.read wh_evt_1 was not handled: Error: of the handler"],
    ]);
    const warn = vi.spyOn(console, "warn").mockReturnValue();
    await createReceiver({ secret: SECRET, on }).receive({ body: "{}", headers: {} });
    expect(log).toHaveBeenCalledOnce();
    expect(warn.mock.calls).toEqual([
      [
        expect.stringMatching(
          /^linq-webhooks: refused a delivery: .*give the subscription a secret.*$/,
        ),
      ],
    ]);
  });

  test("write one line, whatever the event and the error contain", async () => {
    const log = vi.spyOn(console, "error").mockReturnValue();
    const on = { "message.read": () => Promise.reject(new Error("a\nb".repeat(1_000))) };
    const delivery = deliver({ event_id: "an id\nwith\u0007lines" });
    await createReceiver({ secret: SECRET, on }).receive(delivery);
    const [[line] = []] = log.mock.calls as string[][];
    expect(line).toMatch(/^linq-webhooks: message\.read an id with lines was not handled: /);
    expect(line).not.toMatch(/\p{Cc}/u);
    expect(line?.length).toBeLessThan(1_000);
  });

  test("get a receipt with its duration for every answered delivery", async () => {
    const receipts: Receipt[] = [];
    const onReceipt = (receipt: Receipt): void => void receipts.push(receipt);
    const { receiver } = observe({ onReceipt, onRefused: () => undefined });
    await receiver.receive(deliver());
    await receiver.fetch(requestOf());
    await receiver.receive({ body: "{}", headers: {} });
    await receiver.close();
    await receiver.receive(deliver());
    expect(receipts.map(({ outcome }) => outcome)).toEqual([
      "handled",
      "duplicate",
      "refused",
      "closed",
    ]);
    for (const { duration } of receipts) expect(duration).toBeGreaterThanOrEqual(0);
    expect(receipts[0]?.event).toMatchObject({ event_type: "message.read" });
  });
});

describe("a failing handler", () => {
  test.each([
    [
      "throws",
      () => {
        throw new Error("secret detail");
      },
    ],
    ["rejects", () => Promise.reject(new Error("secret detail"))],
  ])("that %s is answered with 500 and no detail of the error", async (_name, handler) => {
    const { receiver, onError } = observe({ on: { "message.read": handler } });
    const [status, text] = await see(receiver.fetch(requestOf()));
    expect(status).toBe(500);
    expect(text).toBe("failed");
    expect(onError).toHaveBeenCalledWith(
      expect.objectContaining({ message: "secret detail" }),
      expect.objectContaining({ event_id: "wh_evt_1" }),
    );
  });

  test("that throws an error like a refusal is still answered with 500", async () => {
    const other = createReceiver({ secret: "other secret", on: {} });
    const on = {
      "message.read": async () => {
        throw (await other.receive(deliver())).error;
      },
    };
    const { receiver, onError, onRefused } = observe({ on });
    expect(await receiver.receive(deliver())).toMatchObject({ status: 500, outcome: "failed" });
    expect(onError).toHaveBeenCalledOnce();
    expect(onRefused).not.toHaveBeenCalled();
  });
});

describe("close", () => {
  test("waits no longer than `timeout`, and reports that handlers are still running", async () => {
    const onError = vi.fn();
    const { passed, open } = createGate();
    const on = { "message.read": () => passed };
    const receiver = createReceiver({ secret: SECRET, on, onError });
    const receipt = receiver.receive(deliver());
    await settleDown();
    await receiver.close({ timeout: 1 });
    expect(String(onError.mock.calls[0]?.[0])).toContain("with handlers still running");
    open();
    expect(await receipt).toMatchObject({ outcome: "handled" });
    await receiver.close({ timeout: 1 });
    expect(onError).toHaveBeenCalledOnce();
    await expect(receiver.close({ timeout: -1 })).rejects.toThrow("`timeout` must be");
  });

  test("refuses later deliveries with 503, and waits for running ones", async () => {
    const { passed, open } = createGate();
    const receiver = createReceiver({ secret: SECRET, on: { "message.read": () => passed } });
    const answer = receiver.receive(deliver());
    await settleDown();
    const closed = vi.fn();
    const closings = [receiver.close(), receiver.close()];
    for (const closing of closings) void closing.then(closed);
    await settleDown();
    expect(closed).not.toHaveBeenCalled();
    expect(await receiver.receive(deliver())).toMatchObject({ status: 503, outcome: "closed" });
    expect((await receiver.fetch(requestOf())).status).toBe(503);
    open();
    await Promise.all(closings);
    expect(await answer).toMatchObject({ status: 200, outcome: "handled" });
    await receiver.close();
  });

  test("waits for a delivery whose body is still arriving", async () => {
    const { passed, open } = createGate();
    const { body, headers } = deliver();
    const bytes = new TextEncoder().encode(String(body));
    const stream = new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          await passed;
          controller.enqueue(bytes);
          controller.close();
        },
      },
      { highWaterMark: 0 },
    );
    const { receiver, handler } = observe();
    const answer = receiver.fetch(requestOf({ body, headers }, stream));
    const closed = vi.fn();
    const closing = receiver.close().then(closed);
    await settleDown();
    expect(closed).not.toHaveBeenCalled();
    open();
    await closing;
    expect(handler).toHaveBeenCalledOnce();
    expect((await answer).status).toBe(200);
  });

  test("resolves when nothing is running, even after a failure", async () => {
    const { receiver } = observe({
      ...silent,
      on: { "message.read": () => Promise.reject(new Error()) },
    });
    await receiver.receive(deliver());
    await receiver.close();
  });
});

test("a receiver answers at any path", async () => {
  const { receiver } = observe();
  const { body, headers } = deliver();
  const request = new Request(`${HOOK}/deep?x=1`, { method: "POST", headers, body: String(body) });
  expect((await receiver.fetch(request)).status).toBe(200);
});
