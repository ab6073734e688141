import { sleep } from "../checks/sleep.js";

/** Time and random numbers, which tests replace. */
export interface Clock {
  /** The current time, in ms since the epoch. */
  readonly now: () => number;
  /** Waits `ms`, or rejects with the signal's reason as soon as the signal aborts. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** A random number, at least 0 and less than 1. */
  readonly random: () => number;
}

export const systemClock: Clock = { now: Date.now, sleep, random: Math.random };
