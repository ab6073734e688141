import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createDeadline, startTimer } from "../../src/receiver/timer.js";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

test("a timer ends when its time is over, and no earlier", async () => {
  const up = vi.fn();
  void startTimer(1_000).up.then(up);
  await vi.advanceTimersByTimeAsync(999);
  expect(up).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(up).toHaveBeenCalledOnce();
});

test("a stopped timer never ends, and leaves nothing behind", async () => {
  const up = vi.fn();
  const timer = startTimer(1_000);
  void timer.up.then(up);
  timer.stop();
  timer.stop();
  expect(vi.getTimerCount()).toBe(0);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(up).not.toHaveBeenCalled();
});

test("an infinite timer starts no real timer", () => {
  startTimer(Infinity).stop();
  startTimer(Infinity);
  expect(vi.getTimerCount()).toBe(0);
});

test("a deadline counts from the start, and starts no timer until it is awaited", async () => {
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

test("a deadline that has passed before it is awaited is due immediately", async () => {
  const { due } = createDeadline(1_000, performance.now());
  vi.advanceTimersByTime(5_000);
  const isDue = vi.fn();
  void due().then(isDue);
  await vi.advanceTimersByTimeAsync(1);
  expect(isDue).toHaveBeenCalledOnce();
});
