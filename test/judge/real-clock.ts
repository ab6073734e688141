/** Time as the judge needs it. */
export interface JudgeClock {
  /** Now, in ms since the epoch. */
  readonly now: () => number;
  /** Waits some ms, or rejects with the signal's reason as soon as it aborts. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}

/** The clock on the wall; the judge never aborts its own waits, so this one takes no signal. */
export const realClock: JudgeClock = {
  now: Date.now,
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};
