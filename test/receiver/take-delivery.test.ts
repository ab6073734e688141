import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createReceiver, type DeliveryStore } from "../../src/receiver/index.js";
import { createMemoryStore } from "../../src/receiver/memory-store.js";
import { deliver, requestOf, SECRET } from "./delivery.js";
import { createGate, settleDown } from "./gate.js";
import { observeStore } from "./observed-store.js";
import { createSlow, watch } from "./slow-handler.js";

const KEY = "linq:v2:message.read:wh_evt_1";

const rejections = vi.fn();

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  rejections.mockReset();
  process.on("unhandledRejection", rejections);
});

afterEach(async () => {
  vi.useRealTimers();
  await settleDown();
  process.off("unhandledRejection", rejections);
  expect(rejections).not.toHaveBeenCalled();
});

describe.each([
  ["with a `waitUntil`", true],
  ["on Node, without a `waitUntil`,", false],
])("a slow handler %s", (_name, hasWaitUntil) => {
  test("is answered with 200 when the answer is due, and no earlier", async () => {
    const { receiver, gate, handler } = createSlow();
    const waitUntil = vi.fn<(promise: Promise<unknown>) => void>();
    const context = hasWaitUntil ? { waitUntil } : {};
    const receipt = watch(receiver.receive(deliver(), context));
    await vi.advanceTimersByTimeAsync(7_999);
    expect(handler).toHaveBeenCalledOnce();
    expect(receipt.results).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(receipt.results).toMatchObject([{ status: 200, outcome: "accepted", body: "" }]);

    expect(waitUntil).toHaveBeenCalledTimes(hasWaitUntil ? 1 : 0);
    const rest = watch(waitUntil.mock.calls[0]?.[0] ?? receiver.close());
    await settleDown();
    expect(rest.results).toHaveLength(0);
    gate.open();
    await settleDown();
    expect(rest.results).toHaveLength(1);
  });

  test("that has been answered is awaited by `close`", async () => {
    const store = observeStore();
    const { receiver, gate } = createSlow({ store });
    const context = hasWaitUntil ? { waitUntil: () => undefined } : {};
    void receiver.receive(deliver(), context);
    await vi.advanceTimersByTimeAsync(8_000);
    const closing = watch(receiver.close());
    await settleDown();
    expect(closing.results).toHaveLength(0);
    gate.open();
    await settleDown();
    expect(closing.results).toHaveLength(1);
    expect(store.log).toEqual([`claim ${KEY}`, `complete ${KEY}`]);
  });

  test("that fails after its answer is reported and released, so that the next delivery is handled", async () => {
    const store = observeStore();
    const { receiver, gate, handler, onError } = createSlow({ store });
    const waitUntil = vi.fn<(promise: Promise<unknown>) => void>();
    const receipt = watch(receiver.receive(deliver(), hasWaitUntil ? { waitUntil } : {}));
    await vi.advanceTimersByTimeAsync(8_000);
    expect(receipt.results).toMatchObject([{ outcome: "accepted" }]);
    const error = new Error("too late");
    gate.fail(error);
    await settleDown();
    expect(onError).toHaveBeenCalledExactlyOnceWith(
      error,
      expect.objectContaining({ event_id: "wh_evt_1" }),
    );
    expect(store.log).toEqual([`claim ${KEY}`, `release ${KEY}`]);
    // The promise that the platform gets does not reject.
    await waitUntil.mock.calls[0]?.[0];
    handler.mockReturnValue(undefined);
    expect(await receiver.receive(deliver())).toMatchObject({ status: 200, outcome: "handled" });
  });

  test("is not run again by a duplicate meanwhile, which is answered when it is due", async () => {
    const { receiver, gate, handler } = createSlow();
    const context = hasWaitUntil ? { waitUntil: () => undefined } : {};
    const first = watch(receiver.receive(deliver(), context));
    await vi.advanceTimersByTimeAsync(8_000);
    const second = watch(receiver.receive(deliver(), context));
    await vi.advanceTimersByTimeAsync(7_999);
    expect(second.results).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect([...first.results, ...second.results]).toMatchObject([
      { status: 200, outcome: "accepted" },
      { status: 200, outcome: "accepted" },
    ]);
    expect(handler).toHaveBeenCalledOnce();
    gate.open();
    await settleDown();
    expect(await receiver.receive(deliver())).toMatchObject({ outcome: "duplicate" });
  });

  test("is answered with 503 and not run when the store answers the claim too late", async () => {
    const claim = createGate();
    const memory = createMemoryStore();
    const store = observeStore(
      {
        claim: async (key, options) => {
          await claim.passed;
          return memory.claim(key, options);
        },
      },
      memory,
    );
    const { receiver, handler, onError } = createSlow({ store });
    const context = hasWaitUntil ? { waitUntil: () => undefined } : {};
    const receipt = watch(receiver.receive(deliver(), context));
    await vi.advanceTimersByTimeAsync(7_999);
    expect(receipt.results).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(receipt.results).toMatchObject([{ status: 503, outcome: "failed" }]);
    expect(onError).toHaveBeenCalledOnce();
    claim.open();
    await settleDown();
    expect(handler).not.toHaveBeenCalled();
    expect(store.log).toEqual([`claim ${KEY}`, `release ${KEY}`]);
    // The next delivery is handled.
    void receiver.receive(deliver(), context);
    await settleDown();
    expect(handler).toHaveBeenCalledOnce();
  });

  test("is always awaited when `ackTimeout` is infinite", async () => {
    const { receiver, gate } = createSlow({ ackTimeout: Infinity, claimTtl: Infinity });
    const waitUntil = vi.fn();
    const receipt = watch(receiver.receive(deliver(), hasWaitUntil ? { waitUntil } : {}));
    await vi.advanceTimersByTimeAsync(2 ** 33);
    expect(receipt.results).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
    gate.open();
    await settleDown();
    expect(receipt.results).toMatchObject([{ outcome: "handled" }]);
    expect(waitUntil).not.toHaveBeenCalled();
  });
});

test("a handler begins after the call of `receive` has returned", async () => {
  const { receiver, handler, gate } = createSlow();
  gate.open();
  const receipt = receiver.receive(deliver());
  expect(handler).not.toHaveBeenCalled();
  expect(await receipt).toMatchObject({ outcome: "handled" });
  expect(handler).toHaveBeenCalledOnce();
});

describe("the time to answer", () => {
  test("counts from the arrival, including the time for the body", async () => {
    const { receiver } = createSlow({ ackTimeout: 5_000 });
    const bytes = new TextEncoder().encode(String(deliver().body));
    const stream = new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          await new Promise((resolve) => setTimeout(resolve, 4_000));
          controller.enqueue(bytes);
          controller.close();
        },
      },
      { highWaterMark: 0 },
    );
    const answer = watch(receiver.fetch(requestOf(deliver(), stream)));
    await vi.advanceTimersByTimeAsync(4_999);
    expect(answer.results).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(answer.results.map(({ status }) => status)).toEqual([200]);
  });

  test("counts from the arrival, including the time a handler blocks the process", async () => {
    const { receiver, gate } = createSlow();
    const blocking = createReceiver({
      secret: SECRET,
      on: {
        "message.read": () => {
          vi.advanceTimersByTime(5_000);
          return gate.passed;
        },
      },
    });
    const receipts = [receiver, blocking].map(({ receive }) => watch(receive(deliver())));
    await vi.advanceTimersByTimeAsync(2_999);
    expect(receipts.map(({ results }) => results)).toEqual([[], []]);
    await vi.advanceTimersByTimeAsync(1);
    const accepted = [expect.objectContaining({ outcome: "accepted" })];
    expect(receipts.map(({ results }) => results)).toEqual([accepted, accepted]);
    gate.open();
  });

  test("does not affect a handler that ends before it", async () => {
    const { receiver, gate } = createSlow();
    const waitUntil = vi.fn();
    const receipt = receiver.receive(deliver(), { waitUntil });
    await vi.advanceTimersByTimeAsync(7_999);
    gate.open();
    expect(await receipt).toMatchObject({ status: 200, outcome: "handled" });
    expect(waitUntil).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });

  test("does not turn an earlier failure into a success", async () => {
    const { receiver, gate, onError } = createSlow();
    const receipt = receiver.receive(deliver());
    await vi.advanceTimersByTimeAsync(7_999);
    const error = new Error("in time");
    gate.fail(error);
    expect(await receipt).toMatchObject({ status: 500, outcome: "failed", error });
    expect(onError).toHaveBeenCalledOnce();
  });

  test("does not turn a claim of another process into a success", async () => {
    const { receiver } = createSlow({ store: observeStore({ claim: () => "pending" }) });
    expect(await receiver.receive(deliver())).toMatchObject({ status: 503, outcome: "pending" });
  });
});

describe("a store that fails", () => {
  test("is retried after the answer by a platform that gives a `waitUntil`", async () => {
    const memory = createMemoryStore();
    let failures = 2;
    const store: DeliveryStore = {
      ...memory,
      complete: (key, options) => {
        if (failures-- > 0) throw new Error("no connection");
        return memory.complete(key, options);
      },
    };
    const on = { "message.read": () => undefined };
    const receiver = createReceiver({ secret: SECRET, store, on, onError: () => undefined });
    const waitUntil = vi.fn<(promise: Promise<unknown>) => void>();
    expect(await receiver.receive(deliver(), { waitUntil })).toMatchObject({ outcome: "handled" });
    expect(waitUntil).toHaveBeenCalledOnce();
    await vi.advanceTimersByTimeAsync(100 + 200);
    await waitUntil.mock.calls[0]?.[0];
    expect(failures).toBe(-1);
  });

  test("to answer is given up after 8 s, even if `ackTimeout` is infinite", async () => {
    const store = { ...createMemoryStore(), claim: () => new Promise<never>(() => undefined) };
    const on = { "message.read": () => undefined };
    const onError = vi.fn();
    const receiver = createReceiver({
      ...{ secret: SECRET, store, on, onError, ackTimeout: Infinity },
    });
    const receipt = watch(receiver.receive(deliver()));
    await vi.advanceTimersByTimeAsync(8_000);
    expect(receipt.results).toMatchObject([{ status: 503, outcome: "failed" }]);
    expect(onError).toHaveBeenCalledOnce();
    await receiver.close();
  });
});

describe("a platform", () => {
  test("whose `waitUntil` needs its `this` gets it", async () => {
    const { receiver, gate } = createSlow();
    class Context {
      readonly promises: Promise<unknown>[] = [];
      waitUntil(promise: Promise<unknown>): void {
        this.promises.push(promise);
      }
    }
    const context = new Context();
    void receiver.fetch(requestOf(), context);
    await vi.advanceTimersByTimeAsync(8_000);
    expect(context.promises).toHaveLength(1);
    gate.open();
    await context.promises[0];
  });

  test("whose `waitUntil` throws gets status 500, and the handler continues", async () => {
    const { receiver, gate, handler, onError } = createSlow();
    const error = new TypeError("illegal invocation");
    const waitUntil = (): never => {
      throw error;
    };
    const receipt = watch(receiver.receive(deliver(), { waitUntil }));
    await vi.advanceTimersByTimeAsync(8_000);
    expect(receipt.results).toMatchObject([{ status: 500, error }]);
    expect(onError).toHaveBeenCalledOnce();
    gate.open();
    await settleDown();
    expect(await receiver.receive(deliver())).toMatchObject({ outcome: "duplicate" });
    expect(handler).toHaveBeenCalledOnce();
  });
});
