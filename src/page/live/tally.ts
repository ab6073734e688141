import type { Outcome } from "./outcome.js";

/** How many deliveries had which outcome. */
export type Counts = Partial<Record<Outcome, number>>;

/** Deliveries counted by time, whether they are kept or not. */
export interface Tally {
  /** Counts a delivery; `before` is the outcome that it was counted with until now. */
  readonly count: (time: number, outcome: Outcome, before: Outcome | undefined) => void;
  /** The counts in equal stretches of time up to the last delivery, oldest first. */
  readonly bars: () => readonly Bar[];
}

export interface Bar {
  /** When it begins, in ms since 1970. */
  readonly start: number;
  /** In ms. */
  readonly length: number;
  readonly counts: Counts;
}

/** Seconds with deliveries that are kept, and how many bars they are shown in. */
const MAX_SECONDS = 3_600;
const MAX_BARS = 40;

/** How long a bar may be, in seconds: what people read as a unit of time. */
const LENGTHS = [1, 5, 15, 60, 300, 900, 3_600, 21_600, 86_400];

/** Counts by the second, and adds up to bars that are as short as fits. */
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
  // The last bar is the one that is still growing.
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

/** Adds counts to others, which it changes. */
export function addUp(total: Counts, counts: Counts): Counts {
  for (const outcome of Object.keys(counts) as Outcome[]) {
    // Nothing else is a key of it.
    total[outcome] = (total[outcome] ?? 0) + (counts[outcome] ?? 0);
  }
  return total;
}
