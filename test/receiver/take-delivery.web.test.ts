import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { deliver, deliveryOf, requestOf, writeEvent } from "./delivery.js";
import { settleDown } from "./gate.js";
import { createSlow, watch } from "./slow-handler.js";

// The runtime that browsers and workers get; nothing here is a mock.
vi.mock("#receiver/runtime", () => import("../../src/receiver/runtime.js"));

/** Web Crypto answers from another thread, so some turns are needed before the handler begins. */
async function begin(handler: ReturnType<typeof vi.fn>): Promise<void> {
  while (handler.mock.calls.length === 0) await settleDown();
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
});

afterEach(() => {
  vi.useRealTimers();
});

test("a slow handler is awaited where work does not outlive its answer", async () => {
  const { receiver, gate, handler } = createSlow();
  const receipt = watch(receiver.receive(deliver()));
  await begin(handler);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(receipt.results).toEqual([]);
  gate.open();
  await settleDown();
  expect(receipt.results).toMatchObject([{ status: 200, outcome: "handled" }]);
});

test("a slow handler that fails where work does not outlive its answer gets a 500", async () => {
  const { receiver, gate, handler } = createSlow();
  const receipt = watch(receiver.receive(deliver()));
  await begin(handler);
  await vi.advanceTimersByTimeAsync(60_000);
  gate.fail(new Error("down"));
  await settleDown();
  expect(receipt.results).toMatchObject([{ status: 500, outcome: "failed" }]);
});

test("a slow handler is answered when the answer is due if there is a `waitUntil`", async () => {
  const { receiver, gate, handler } = createSlow();
  const waitUntil = vi.fn<(promise: Promise<unknown>) => void>();
  const receipt = watch(receiver.receive(deliver(), { waitUntil }));
  await begin(handler);
  await vi.advanceTimersByTimeAsync(8_000);
  expect(receipt.results).toMatchObject([{ status: 200, outcome: "accepted" }]);
  const rest = watch(waitUntil.mock.calls[0]?.[0] ?? Promise.resolve());
  await settleDown();
  expect(rest.results).toHaveLength(0);
  gate.open();
  await settleDown();
  expect(rest.results).toHaveLength(1);
});

test.each([
  ["a signed delivery", deliver(), 200],
  ["a forged delivery", deliveryOf(writeEvent(), "not the secret"), 401],
  ["an unsigned delivery", { body: writeEvent(), headers: {} }, 401],
  ["a text that is not an event", deliveryOf("{}"), 400],
  ["a body that was serialised again", { ...deliver(), body: `${writeEvent()}\n` }, 401],
])("%s gets the same answer as on Node", async (_name, delivery, status) => {
  const { receiver, gate } = createSlow();
  gate.open();
  expect((await receiver.fetch(requestOf(delivery))).status).toBe(status);
  expect((await receiver.receive(delivery)).status).toBe(status);
});
