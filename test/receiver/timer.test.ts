import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startTimer } from "../../src/receiver/timer.js";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

test("a timer is up when its time is, and no earlier", async () => {
  const up = vi.fn();
  void startTimer(1_000).up.then(up);
  await vi.advanceTimersByTimeAsync(999);
  expect(up).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(up).toHaveBeenCalledOnce();
});

test("a timer that is stopped is never up, and leaves nothing behind", async () => {
  const up = vi.fn();
  const timer = startTimer(1_000);
  void timer.up.then(up);
  timer.stop();
  timer.stop();
  expect(vi.getTimerCount()).toBe(0);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(up).not.toHaveBeenCalled();
});

test("a timer for ever asks for no timer", () => {
  startTimer(Infinity).stop();
  startTimer(Infinity);
  expect(vi.getTimerCount()).toBe(0);
});
