import { getEventListeners } from "node:events";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Deadline, startDeadline, untilOver } from "../../src/http/deadline.js";
import { onAbort } from "../../src/http/on-abort.js";
import { rejectionOf } from "../support/rejection.js";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const REASONS: unknown[] = [new Error("enough"), "enough", null, 0, { any: "value" }];
const never = (): Promise<never> => new Promise(() => undefined);

const tooLate = new Error("too late");
const limits = { timeout: 1_000, onTimeout: () => tooLate, outer: undefined };

describe("startDeadline", () => {
  it("is over when the time is up, not before", () => {
    const deadline = startDeadline(limits);
    const listener = vi.fn();
    deadline.onEnd(listener);
    vi.advanceTimersByTime(999);
    expect([deadline.isOver(), deadline.getSignal().aborted]).toEqual([false, false]);
    expect(listener).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect([deadline.isOver(), deadline.getSignal().reason]).toEqual([true, tooLate]);
    expect(listener).toHaveBeenCalledExactlyOnceWith(tooLate);
  });

  it("creates its error when the time is up, not before", () => {
    const onTimeout = vi.fn(() => tooLate);
    startDeadline({ ...limits, onTimeout });
    expect(onTimeout).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1_000);
    expect(onTimeout).toHaveBeenCalledOnce();
  });

  it("notifies listeners and signals that are added after the end", () => {
    const deadline = startDeadline(limits);
    vi.advanceTimersByTime(1_000);
    const listener = vi.fn();
    deadline.onEnd(listener);
    expect(listener).toHaveBeenCalledExactlyOnceWith(tooLate);
    expect(deadline.getSignal().reason).toBe(tooLate);
    expect(deadline.getSignal()).toBe(deadline.getSignal());
  });

  it("does not notify a listener that was removed", () => {
    const deadline = startDeadline(limits);
    const listener = vi.fn();
    deadline.onEnd(listener)();
    vi.advanceTimersByTime(1_000);
    expect(listener).not.toHaveBeenCalled();
  });

  it.each(REASONS)("ends once, with the very reason %o of its outer signal", (reason) => {
    const controller = new AbortController();
    const deadline = startDeadline({ ...limits, outer: onAbort(controller.signal) });
    const inner = startDeadline({ ...limits, outer: deadline.onEnd });
    controller.abort(reason);
    vi.advanceTimersByTime(1_000);
    expect([deadline.getSignal().reason, inner.getSignal().reason]).toEqual([reason, reason]);
  });

  it("is over from the start when its outer signal is already aborted", () => {
    const reason = { any: "value" };
    const deadline = startDeadline({ ...limits, outer: onAbort(AbortSignal.abort(reason)) });
    expect(deadline.getSignal().reason).toBe(reason);
  });

  it("leaves no listener and no timer behind when it is stopped", () => {
    const { signal } = new AbortController();
    const { stop } = startDeadline({ ...limits, outer: onAbort(signal) });
    expect(getEventListeners(signal, "abort")).toHaveLength(1);
    stop();
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("onAbort", () => {
  it("adds one listener to a signal for all callbacks, and calls each that remains", () => {
    const { controller, signal } = controlled();
    const listeners = Array.from({ length: 100 }, () => vi.fn());
    const [leave, ...others] = listeners.map((listener) => onAbort(signal)(listener));
    expect(getEventListeners(signal, "abort")).toHaveLength(1);
    leave?.();
    controller.abort("enough");
    expect(listeners.map(({ mock }) => mock.calls)).toEqual([
      [],
      ...Array.from({ length: 99 }, () => [["enough"]]),
    ]);
    for (const other of others) other();
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
  });

  it("listens again to a signal whose last callback was removed", () => {
    const { controller, signal } = controlled();
    const [first, second] = [vi.fn(), vi.fn()];
    const leave = onAbort(signal)(first);
    leave();
    onAbort(signal)(second);
    // Removing a callback twice is allowed, and does not affect others.
    leave();
    controller.abort("enough");
    expect(first).not.toHaveBeenCalled();
    expect(second).toHaveBeenCalledExactlyOnceWith("enough");
  });
});

describe("untilOver", () => {
  const started = (): { controller: AbortController; deadline: Deadline } => {
    const { controller, signal } = controlled();
    return { controller, deadline: startDeadline({ ...limits, outer: onAbort(signal) }) };
  };

  it("settles as the promise does", async () => {
    const { deadline } = started();
    const problem = new Error("broken");
    expect(await untilOver(deadline, Promise.resolve("done"))).toBe("done");
    expect(await rejectionOf(untilOver(deadline, Promise.reject(problem)))).toBe(problem);
  });

  it.each(REASONS)("rejects with the very reason %o before the promise ends", async (reason) => {
    const { controller, deadline } = started();
    const rejection = rejectionOf(untilOver(deadline, never()));
    controller.abort(reason);
    expect(await rejection).toBe(reason);
  });

  it("rejects immediately when the deadline is over", async () => {
    const { controller, deadline } = started();
    controller.abort("enough");
    expect(await rejectionOf(untilOver(deadline, never()))).toBe("enough");
  });

  it("removes its listener when the promise has settled", async () => {
    const leave = vi.fn();
    const onEnd = (): (() => void) => leave;
    await untilOver({ onEnd }, Promise.resolve());
    await rejectionOf(untilOver({ onEnd }, Promise.reject(new Error("broken"))));
    await Promise.resolve();
    expect(leave).toHaveBeenCalledTimes(2);
  });
});

function controlled(): { controller: AbortController; signal: AbortSignal } {
  const controller = new AbortController();
  return { controller, signal: controller.signal };
}
