import type { Outcome } from "./outcome.js";

/** The number of deliveries by outcome. */
export type Counts = Partial<Record<Outcome, number>>;

/** Counts deliveries over time, including those that are no longer kept. */
export interface Tally {
  /** Counts a delivery; `before` is the outcome with which it was counted earlier. */
  readonly count: (time: number, outcome: Outcome, before: Outcome | undefined) => void;
  /** The counts in equal intervals up to the last delivery, oldest first. */
  readonly bars: () => readonly Bar[];
}

export interface Bar {
  /** The start of the interval, in ms since 1970. */
  readonly start: number;
  /** The length of the interval, in ms. */
  readonly length: number;
  readonly counts: Counts;
}

/** The maximum number of seconds with counts, and the number of bars. */
const MAX_SECONDS = 3_600;
const MAX_BARS = 40;

/** The possible lengths of a bar, in seconds: common units of time. */
const LENGTHS = [1, 5, 15, 60, 300, 900, 3_600, 21_600, 86_400];

/** Counts deliveries by second, and adds them up to the shortest bars that fit. */
export function createTally(): Tally {
  const seconds = new Map<number, Counts>();
  return {
    count: (time, outcome, before) => {
      const second = Math.floor(time / 1_000);
      if (Number.isNaN(second)) return;
      const counts = seconds.get(second) ?? {};
      seconds.set(second, counts);
      if (before !== undefined) addUp(counts, { [before]: -1 });
      addUp(counts, { [outcome]: 1 });
      for (const oldest of seconds.keys()) {
        if (seconds.size <= MAX_SECONDS) break;
        seconds.delete(oldest);
      }
    },
    bars: () => toBars(seconds),
  };
}

function toBars(seconds: ReadonlyMap<number, Counts>): Bar[] {
  if (seconds.size === 0) return [];
  let [first, last] = [Infinity, -Infinity];
  for (const second of seconds.keys()) {
    first = Math.min(first, second);
    last = Math.max(last, second);
  }
  const fits = (length: number): boolean => last - first < length * (MAX_BARS - 1);
  const length = LENGTHS.find(fits) ?? 86_400;
  // The last bar is still growing.
  const end = Math.floor(last / length);
  const bars = Array.from({ length: MAX_BARS }, (_, index): Bar => {
    const start = (end - MAX_BARS + 1 + index) * length * 1_000;
    return { start, length: length * 1_000, counts: {} };
  });
  for (const [second, counts] of seconds) {
    const bar = bars[Math.floor(second / length) - end + MAX_BARS - 1];
    if (bar) addUp(bar.counts, counts);
  }
  return bars;
}

/** Adds `counts` to `total`, which it changes and returns. */
export function addUp(total: Counts, counts: Counts): Counts {
  for (const outcome of Object.keys(counts) as Outcome[]) {
    // Outcomes are the only keys.
    total[outcome] = (total[outcome] ?? 0) + (counts[outcome] ?? 0);
  }
  return total;
}
