import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createDeadline, startTimer } from "../../src/receiver/timer.js";

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

test("a deadline counts from the start, and asks for no timer until somebody waits", async () => {
  const { due } = createDeadline(1_000, performance.now());
  vi.advanceTimersByTime(700);
  expect(vi.getTimerCount()).toBe(0);
  const isDue = vi.fn();
  void due().then(isDue);
  await vi.advanceTimersByTimeAsync(299);
  expect(isDue).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(isDue).toHaveBeenCalledOnce();
});

test("a deadline that is over when somebody first waits is due at once", async () => {
  const { due } = createDeadline(1_000, performance.now());
  vi.advanceTimersByTime(5_000);
  const isDue = vi.fn();
  void due().then(isDue);
  await vi.advanceTimersByTimeAsync(1);
  expect(isDue).toHaveBeenCalledOnce();
});
