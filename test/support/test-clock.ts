import type { Clock } from "../../src/http/clock.js";

export interface TestClock extends Clock {
  /** How long each wait was asked to be, in ms, first one first. */
  readonly waits: readonly number[];
}

/** A clock that only moves when somebody waits, and then at once. */
export function createTestClock(random: () => number = () => 1): TestClock {
  const waits: number[] = [];
  let now = Date.UTC(2025, 0, 1);
  return {
    waits,
    random,
    now: () => now,
    sleep: (ms, signal) =>
      Promise.resolve().then(() => {
        signal?.throwIfAborted();
        waits.push(ms);
        now += ms;
      }),
  };
}
