import { getEventListeners } from "node:events";
import { setImmediate as turn } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, describe, expect, it, vi } from "vitest";
import { composeClient } from "../../src/client.js";
import { systemClock } from "../../src/http/clock.js";
import {
  createLinqClient,
  type LinqClientOptions,
  LinqError,
  LinqApiError,
  LinqTimeoutError,
} from "../../src/index.js";
import { startServer } from "../support/raw-server.js";
import { rejectionOf } from "../support/rejection.js";
import { createTestClock } from "../support/test-clock.js";

const EMPTY = '{"webhook_subscriptions":[]}';

/** The longest allowed timeout, so that a test that ends has not waited for it. */
const LONG = 2 ** 31 - 1;

const REASONS: [what: string, reason: unknown][] = [
  ["an error", new Error("enough")],
  ["an AbortError", new DOMException("enough", "AbortError")],
  ["text", "enough"],
  ["an object", { any: "value" }],
  ["a number", 7],
  ["null", null],
  ["0", 0],
  ["false", false],
  ["an empty string", ""],
];

afterEach(() => vi.useRealTimers());

describe("a server that never answers", () => {
  it("is given up on after `timeout`, while waiting for the headers", async () => {
    const { url, requests } = await startServer(() => undefined);
    const linq = createLinqClient({ baseUrl: url, timeout: 50, maxRetries: 0 });
    const error = await rejectionOf(linq.webhookSubscriptions.list());
    expect(error).toBeInstanceOf(LinqTimeoutError);
    expect(error).toMatchObject({
      phase: "headers",
      timeout: 50,
      method: "GET",
      attempts: [{ error: "timeout", status: undefined }],
    });
    // On a busy machine the time may be up before the request has arrived.
    expect(requests.length).toBeLessThanOrEqual(1);
  });

  it("is given up on after the call's own `timeout`, not the client's", async () => {
    const { url } = await startServer(() => undefined);
    const linq = createLinqClient({ baseUrl: url, timeout: LONG, totalTimeout: LONG });
    const error = await rejectionOf(linq.webhookSubscriptions.list({ timeout: 50, maxRetries: 0 }));
    expect(error).toMatchObject({ code: "timeout", phase: "headers", timeout: 50 });
  });

  it("is given as many attempts as retries allow, each with its own `timeout`", async () => {
    const { url, requests } = await startServer(() => undefined);
    const linq = composeClient({ baseUrl: url, timeout: 50 }, createTestClock());
    const error = await rejectionOf(linq.webhookSubscriptions.list());
    expect(error).toMatchObject({ phase: "headers", attempts: [{}, {}, {}] });
    expect(requests.length).toBeLessThanOrEqual(3);
  });

  it("is given up on after `totalTimeout`, however many attempts are left", async () => {
    const { url } = await startServer(() => undefined);
    const limits = { timeout: 20, totalTimeout: 100, maxRetries: 1_000_000 };
    const linq = composeClient({ baseUrl: url, ...limits }, createTestClock());
    const error = await rejectionOf(linq.webhookSubscriptions.list());
    expect(error).toBeInstanceOf(LinqTimeoutError);
    expect(error).toMatchObject({ phase: "total", timeout: 100, method: undefined });
  });

  it("does not hold up a linq.api call longer than `timeout`", async () => {
    const { url } = await startServer(() => undefined);
    const linq = createLinqClient({ baseUrl: url, timeout: 50, maxRetries: 0 });
    const error = await rejectionOf(linq.api.GET("/api/partner/v2/webhook_subscriptions"));
    expect(error).toMatchObject({ code: "timeout", phase: "headers" });
  });
});

describe("a server that answers half and then nothing", () => {
  it("is given up on after `timeout`, while waiting for the body", async () => {
    const stalled = await stall({ timeout: 1_000 });
    const rejection = rejectionOf(stalled.linq.webhookSubscriptions.list({ maxRetries: 0 }));
    await stalled.hasBegun;
    vi.advanceTimersByTime(999);
    await turn();
    vi.advanceTimersByTime(1);
    const error = await rejection;
    expect(error).toBeInstanceOf(LinqTimeoutError);
    expect(error).toMatchObject({
      phase: "body",
      timeout: 1_000,
      attempts: [{ error: "timeout", status: undefined }],
    });
  });

  it("is given up on after `totalTimeout`, if that ends first", async () => {
    const stalled = await stall({ timeout: 1_000, totalTimeout: 500 });
    const rejection = rejectionOf(stalled.linq.webhookSubscriptions.list());
    await stalled.hasBegun;
    vi.advanceTimersByTime(500);
    expect(await rejection).toMatchObject({ phase: "total", timeout: 500 });
  });
});

it("counts a back-off wait towards `totalTimeout`", async () => {
  const { url, requests } = await startServer((_request, response) => {
    response.writeHead(503).end();
  });
  const clock = { ...systemClock, random: () => 1 };
  const linq = composeClient({ baseUrl: url, totalTimeout: 300 }, clock);
  const error = await rejectionOf(linq.webhookSubscriptions.list());
  expect(error).toBeInstanceOf(LinqTimeoutError);
  expect(error).toMatchObject({ phase: "total", timeout: 300 });
  expect(requests).toHaveLength(1);
});

it.each([429, 503])(
  "does not begin a wait after a %d that would outlast `totalTimeout`, and reports how long it is",
  async (status) => {
    const { url, requests } = await startServer((_request, response) => {
      response.writeHead(status, { "retry-after": "60" }).end();
    });
    const linq = composeClient({ baseUrl: url, totalTimeout: 59_000 }, systemClock);
    const error = await rejectionOf(linq.webhookSubscriptions.list());
    expect(error).toBeInstanceOf(LinqApiError);
    expect(error).toMatchObject({ status, retryAfter: 60_000 });
    expect(requests).toHaveLength(1);
  },
);

it("throws CreateOutcomeUnknownError when `totalTimeout` ends during a POST", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const { url } = await startServer((request, response) => {
    if (request.method === "GET") response.end(EMPTY);
    else setImmediate(() => vi.advanceTimersByTime(1_000));
  });
  const linq = composeClient({ baseUrl: url, totalTimeout: 1_000 }, createTestClock());
  const input = { webhook_url: "https://example.com/hook", events: ["message.sent"] };
  const error = await rejectionOf(linq.webhookSubscriptions.create(input));
  expect(error).toMatchObject({
    code: "create_outcome_unknown",
    cause: { code: "timeout", phase: "total", timeout: 1_000 },
  });
});

describe.each(REASONS)("a call that is aborted with %s", (_what, reason) => {
  it("rejects with that reason before anything is sent", async () => {
    const { url, connections } = await startServer((_request, response) => response.end(EMPTY));
    const linq = createLinqClient({ baseUrl: url });
    const signal = AbortSignal.abort(reason);
    expect(await rejectionOf(linq.webhookSubscriptions.list({ signal }))).toBe(reason);
    expect(connections()).toBe(0);
  });

  it("rejects with that reason while waiting for the headers", async () => {
    const controller = new AbortController();
    const { url, requests } = await startServer(() => {
      controller.abort(reason);
    });
    const linq = createLinqClient({ baseUrl: url });
    const { signal } = controller;
    expect(await rejectionOf(linq.webhookSubscriptions.list({ signal }))).toBe(reason);
    expect(requests).toHaveLength(1);
  });

  it("rejects with that reason while waiting for the body", async () => {
    const controller = new AbortController();
    const { linq, hasBegun, requests } = await stall({});
    const { signal } = controller;
    const rejection = rejectionOf(linq.webhookSubscriptions.list({ signal }));
    await hasBegun;
    controller.abort(reason);
    expect(await rejection).toBe(reason);
    expect(requests()).toBe(1);
  });

  it.each([
    ["back-off", {}],
    ["`Retry-After`", { "retry-after": "60" }],
  ])("rejects with that reason immediately during a %s wait", async (_wait, headers) => {
    const controller = new AbortController();
    const { url, requests } = await startServer((_request, response) => {
      response.writeHead(503, headers).end();
    });
    // Time is stopped, so only the signal can end the wait.
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const onAttempt = (): void =>
      void setImmediate(() => {
        controller.abort(reason);
      });
    const linq = createLinqClient({ baseUrl: url, onAttempt });
    const { signal } = controller;
    expect(await rejectionOf(linq.webhookSubscriptions.list({ signal }))).toBe(reason);
    expect(requests).toHaveLength(1);
  });

  it("rejects with that reason although fetch ignores the signal", async () => {
    const controller = new AbortController();
    const fetch = (): Promise<Response> => {
      queueMicrotask(() => {
        controller.abort(reason);
      });
      return new Promise(() => undefined);
    };
    const linq = createLinqClient({ fetch });
    const { signal } = controller;
    expect(await rejectionOf(linq.webhookSubscriptions.list({ signal }))).toBe(reason);
  });
});

it.each(REASONS.slice(0, 5))(
  "a linq.api call that is aborted with %s rejects with that reason and sends no second request",
  async (_what, reason) => {
    const controller = new AbortController();
    const { url, requests } = await startServer(() => {
      controller.abort(reason);
    });
    const { api } = createLinqClient({ baseUrl: url });
    const { signal } = controller;
    const call = api.GET("/api/partner/v2/webhook_subscriptions", { signal });
    expect(await rejectionOf(call)).toBe(reason);
    expect(requests).toHaveLength(1);
  },
);

it("leaves no timer behind when the caller aborts a wait", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const controller = new AbortController();
  const fetch = (): Promise<Response> => Promise.resolve(new Response(null, { status: 503 }));
  const onAttempt = (): void =>
    void setImmediate(() => {
      controller.abort();
    });
  const linq = createLinqClient({ fetch, onAttempt });
  await rejectionOf(linq.webhookSubscriptions.list({ signal: controller.signal }));
  expect(vi.getTimerCount()).toBe(0);
});

it("records an attempt that the caller has aborted", async () => {
  const controller = new AbortController();
  const { url } = await startServer(() => {
    controller.abort();
  });
  const onAttempt = vi.fn();
  const linq = createLinqClient({ baseUrl: url, onAttempt });
  await rejectionOf(linq.webhookSubscriptions.list({ signal: controller.signal }));
  expect(onAttempt).toHaveBeenCalledOnce();
  expect(onAttempt).toHaveBeenCalledWith(
    expect.objectContaining({ error: "aborted", status: undefined, retryDelay: undefined }),
  );
});

describe("ten thousand calls on one signal", () => {
  it("leave no listener, no warning and no memory behind", async () => {
    const warnings: Error[] = [];
    const note = (warning: Error): void => void warnings.push(warning);
    process.on("warning", note);
    const { signal } = new AbortController();
    const fetch = (): Promise<Response> => Promise.resolve(new Response(EMPTY));
    const linq = createLinqClient({ token: "any-token", fetch });
    const callMany = async (count: number): Promise<void> => {
      for (let made = 0; made < count; made += 100) {
        await Promise.all(
          Array.from({ length: 100 }, () => linq.webhookSubscriptions.list({ signal })),
        );
      }
    };

    await callMany(2_000);
    const before = await heapUsed();
    await callMany(10_000);
    const grown = (await heapUsed()) - before;
    process.off("warning", note);
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
    expect(warnings).toEqual([]);
    // A kilobyte for each of them would be twice as much.
    expect(grown).toBeLessThan(5_000 * 1_024);
  });

  it("would be noticed if they left a kilobyte each", async () => {
    const before = await heapUsed();
    const kept = Array.from({ length: 10_000 }, () => Array.from({ length: 128 }, () => 0.5));
    expect((await heapUsed()) - before).toBeGreaterThan(5_000 * 1_024);
    expect(kept).toHaveLength(10_000);
  });

  it("leave no listener when they fail, time out or wait", async () => {
    const { signal } = new AbortController();
    const failing = [
      () => Promise.reject(new TypeError("fetch failed")),
      () => Promise.resolve(new Response("{}")),
      () => Promise.resolve(new Response(null, { status: 503 })),
      () => Promise.resolve(new Response(null, { status: 301 })),
      (): Promise<Response> => new Promise(() => undefined),
    ];
    for (const fetch of failing) {
      const linq = composeClient({ fetch, timeout: 5 }, createTestClock());
      expect(await rejectionOf(linq.webhookSubscriptions.list({ signal }))).toBeInstanceOf(
        LinqError,
      );
      expect(getEventListeners(signal, "abort")).toHaveLength(0);
    }
  });
});

/** The memory in use after everything that can be freed has been freed. */
async function heapUsed(): Promise<number> {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  for (let round = 0; round < 5; round++) {
    collect();
    // Freed objects may release others, but only in a later turn.
    await turn();
  }
  return process.memoryUsage().heapUsed;
}

interface Stalled {
  readonly linq: ReturnType<typeof composeClient>;
  /** Resolves when the client waits for the rest of the body. */
  readonly hasBegun: Promise<void>;
  readonly requests: () => number;
}

/** A server that stalls within the body, and a client whose timers do not advance. */
async function stall(options: LinqClientOptions): Promise<Stalled> {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const { url, requests } = await startServer((_request, response) => {
    response.writeHead(200, { "content-length": String(EMPTY.length) });
    response.write(EMPTY.slice(0, 10));
  });
  let begin: () => void;
  const hasBegun = new Promise<void>((resolve) => (begin = resolve));
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const response = await globalThis.fetch(input, init);
    setImmediate(() => {
      begin();
    });
    return response;
  };
  const linq = composeClient({ baseUrl: url, fetch, ...options }, createTestClock());
  return { linq, hasBegun, requests: () => requests.length };
}
