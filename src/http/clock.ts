import { sleep } from "../checks/sleep.js";

/** Time and chance, which tests replace. */
export interface Clock {
  /** Now, in ms since the epoch. */
  readonly now: () => number;
  /** Waits some ms, or rejects with the signal's reason as soon as it aborts. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** A number from 0 up to 1. */
  readonly random: () => number;
}

export const systemClock: Clock = { now: Date.now, sleep, random: Math.random };
