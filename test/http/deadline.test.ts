import { getEventListeners } from "node:events";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { withDeadline } from "../../src/http/deadline.js";
import { rejectionOf } from "../support/rejection.js";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const tooLate = new Error("too late");
const limits = { timeout: 1_000, onTimeout: () => tooLate, signal: undefined };
const never = (): Promise<never> => new Promise(() => undefined);

it("gives what the task gives", async () => {
  expect(await withDeadline(limits, () => Promise.resolve("done"))).toBe("done");
  expect(vi.getTimerCount()).toBe(0);
});

it("rejects with what the task rejects with", async () => {
  const problem = new Error("broken");
  expect(await rejectionOf(withDeadline(limits, () => Promise.reject(problem)))).toBe(problem);
  expect(vi.getTimerCount()).toBe(0);
});

it("ends a task that does not listen when its time is up", async () => {
  const settled = vi.fn();
  const rejection = rejectionOf(withDeadline(limits, never)).then((error) => {
    settled();
    return error;
  });
  await vi.advanceTimersByTimeAsync(999);
  expect(settled).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(await rejection).toBe(tooLate);
});

it("says that the time is up even where the task fails for that reason", async () => {
  const rejection = rejectionOf(
    withDeadline(
      limits,
      (signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener("abort", () => {
            reject(new DOMException("aborted", "AbortError"));
          });
        }),
    ),
  );
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await rejection).toBe(tooLate);
});

it("makes its error when the time is up, not before", async () => {
  const onTimeout = vi.fn(() => tooLate);
  const rejection = rejectionOf(withDeadline({ ...limits, onTimeout }, never));
  expect(onTimeout).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1_000);
  await rejection;
  expect(onTimeout).toHaveBeenCalledOnce();
});

it("does not start the task when the caller has already aborted", async () => {
  const task = vi.fn(never);
  const reason = { any: "value" };
  const deadline = { ...limits, signal: AbortSignal.abort(reason) };
  expect(await rejectionOf(withDeadline(deadline, task))).toBe(reason);
  expect(task).not.toHaveBeenCalled();
});

it.each([[new Error("enough")], ["enough"], [null], [0], [{ any: "value" }]])(
  "rejects with the very reason %o that the caller aborts with",
  async (reason) => {
    const controller = new AbortController();
    const deadline = { ...limits, signal: controller.signal };
    const rejection = rejectionOf(withDeadline(deadline, never));
    controller.abort(reason);
    expect(await rejection).toBe(reason);
    expect(vi.getTimerCount()).toBe(0);
  },
);

it("rejects with the signal's own reason when the caller gives none", async () => {
  const controller = new AbortController();
  const rejection = rejectionOf(withDeadline({ ...limits, signal: controller.signal }, never));
  controller.abort();
  expect(await rejection).toBe(controller.signal.reason);
});

it("passes the caller's abort on to the task", async () => {
  const controller = new AbortController();
  let handed: AbortSignal | undefined;
  const rejection = rejectionOf(
    withDeadline({ ...limits, signal: controller.signal }, (signal) => {
      handed = signal;
      return never();
    }),
  );
  controller.abort("enough");
  await rejection;
  expect(handed?.reason).toBe("enough");
});

it("leaves no listener and no timer behind, however it ends", async () => {
  const controller = new AbortController();
  const deadline = { ...limits, signal: controller.signal };
  await withDeadline(deadline, () => Promise.resolve());
  await rejectionOf(withDeadline(deadline, () => Promise.reject(new Error("broken"))));
  const late = rejectionOf(withDeadline(deadline, never));
  await vi.advanceTimersByTimeAsync(1_000);
  await late;
  expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
  const aborted = rejectionOf(withDeadline(deadline, never));
  controller.abort();
  await aborted;
  expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
  expect(vi.getTimerCount()).toBe(0);
});
