import { getEventListeners } from "node:events";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { startDeadline, untilAborted } from "../../src/http/deadline.js";
import { rejectionOf, thrownBy } from "../support/rejection.js";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const REASONS: unknown[] = [new Error("enough"), "enough", null, 0, { any: "value" }];
const never = (): Promise<never> => new Promise(() => undefined);

describe("startDeadline", () => {
  const tooLate = new Error("too late");
  const limits = { timeout: 1_000, onTimeout: () => tooLate, signal: undefined };

  it("aborts when the time is up, not before", () => {
    const { signal } = startDeadline(limits);
    vi.advanceTimersByTime(999);
    expect(signal.aborted).toBe(false);
    vi.advanceTimersByTime(1);
    expect(signal.reason).toBe(tooLate);
  });

  it("makes its error when the time is up, not before", () => {
    const onTimeout = vi.fn(() => tooLate);
    startDeadline({ ...limits, onTimeout });
    expect(onTimeout).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1_000);
    expect(onTimeout).toHaveBeenCalledOnce();
  });

  it.each(REASONS)("aborts with the very reason %o of the caller", (reason) => {
    const controller = new AbortController();
    const { signal } = startDeadline({ ...limits, signal: controller.signal });
    controller.abort(reason);
    expect(signal.reason).toBe(reason);
  });

  it("does not start when the caller has already aborted", () => {
    const reason = { any: "value" };
    const signal = AbortSignal.abort(reason);
    expect(thrownBy(() => startDeadline({ ...limits, signal }))).toBe(reason);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("shares one listener with all who follow the same signal, and aborts them all", () => {
    const controller = new AbortController();
    const { signal } = controller;
    const deadlines = Array.from({ length: 100 }, () => startDeadline({ ...limits, signal }));
    expect(getEventListeners(signal, "abort")).toHaveLength(1);
    deadlines[0]?.stop();
    controller.abort("enough");
    expect(deadlines.map((deadline) => deadline.signal.aborted)).toEqual([
      false,
      ...Array.from({ length: 99 }, () => true),
    ]);
    for (const { stop } of deadlines) stop();
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
  });

  it("follows a signal that nobody has followed for a while", () => {
    const controller = new AbortController();
    const { signal } = controller;
    const first = startDeadline({ ...limits, signal });
    first.stop();
    const second = startDeadline({ ...limits, signal });
    // To stop twice is no mistake, and does nothing to others.
    first.stop();
    controller.abort("enough");
    expect(first.signal.aborted).toBe(false);
    expect(second.signal.reason).toBe("enough");
  });

  it("leaves no listener and no timer behind when it is stopped", () => {
    const { signal } = new AbortController();
    const { stop } = startDeadline({ ...limits, signal });
    expect(getEventListeners(signal, "abort")).toHaveLength(1);
    stop();
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("untilAborted", () => {
  it("settles as the promise does", async () => {
    const { signal } = new AbortController();
    const problem = new Error("broken");
    expect(await untilAborted(signal, Promise.resolve("done"))).toBe("done");
    expect(await rejectionOf(untilAborted(signal, Promise.reject(problem)))).toBe(problem);
  });

  it.each(REASONS)("rejects with the very reason %o, whatever the promise does", async (reason) => {
    const controller = new AbortController();
    const rejection = rejectionOf(untilAborted(controller.signal, never()));
    controller.abort(reason);
    expect(await rejection).toBe(reason);
  });

  it("rejects at once when the signal has already aborted", async () => {
    expect(await rejectionOf(untilAborted(AbortSignal.abort("enough"), never()))).toBe("enough");
  });

  it("leaves no listener behind, however it ends", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    await untilAborted(signal, Promise.resolve());
    await rejectionOf(untilAborted(signal, Promise.reject(new Error("broken"))));
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
    const aborted = rejectionOf(untilAborted(signal, never()));
    controller.abort();
    await aborted;
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
  });
});
