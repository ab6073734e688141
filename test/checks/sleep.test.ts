import { getEventListeners } from "node:events";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { sleep } from "../../src/checks/sleep.js";
import { rejectionOf } from "../support/rejection.js";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it("waits for the given time", async () => {
  const woken = vi.fn();
  const done = sleep(1_000).then(woken);
  await vi.advanceTimersByTimeAsync(999);
  expect(woken).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  await done;
  expect(woken).toHaveBeenCalledOnce();
});

it("rejects with the reason of a signal that has already aborted", async () => {
  const reason = new Error("enough");
  expect(await rejectionOf(sleep(1_000, AbortSignal.abort(reason)))).toBe(reason);
  expect(vi.getTimerCount()).toBe(0);
});

it("rejects at once with the very reason when the signal aborts", async () => {
  const controller = new AbortController();
  const reason = { any: "value" };
  const rejection = rejectionOf(sleep(1_000, controller.signal));
  controller.abort(reason);
  expect(await rejection).toBe(reason);
  expect(vi.getTimerCount()).toBe(0);
});

it("leaves no listener on the signal, whether it ends or is aborted", async () => {
  const controller = new AbortController();
  const first = sleep(10, controller.signal);
  await vi.advanceTimersByTimeAsync(10);
  await first;
  expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);

  const second = rejectionOf(sleep(10, controller.signal));
  controller.abort();
  await second;
  expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
});
