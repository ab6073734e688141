import type { Clock } from "../../src/http/clock.js";
import { systemClock } from "../../src/http/clock.js";

/** A clock without waits: a pause is over as soon as everything else had its turn. */
export function createFastClock(onSleep: (ms: number) => void = () => undefined): Clock & {
  /** What was slept so far, in ms. */
  readonly sleeps: number[];
} {
  const sleeps: number[] = [];
  // Read now, since a test may put this clock into its place.
  const { now, random } = systemClock;
  let slept = 0;
  return {
    sleeps,
    random,
    now: () => now() + slept,
    sleep: async (ms, signal) => {
      sleeps.push(ms);
      onSleep(ms);
      await new Promise((resolve) => setImmediate(resolve));
      slept += ms;
      signal?.throwIfAborted();
    },
  };
}
