import { createRandom, type Random } from "./random.js";
import type { JudgeClock } from "./real-clock.js";

export interface VirtualClockOptions {
  /**
   * Decides `random`, and which of the sleepers that are due in the same ms wakes first.
   *
   * @default none: `random` is the series of 0, and the sleeper that started first wakes first
   */
  readonly seed?: number | undefined;
}

/** A clock that moves only when everybody waits for it, and then at once. */
export interface VirtualClock extends JudgeClock {
  /** A number from 0 to 1; for a client that uses this clock. */
  readonly random: Random;
  /**
   * Runs a task, and settles as it did once nobody sleeps any more, so that whatever the task
   * left behind has happened too.
   */
  readonly run: <T>(task: () => Promise<T>) => Promise<T>;
}

interface Sleeper {
  /** When it wakes, in ms since the epoch. */
  readonly due: number;
  /** Decides between sleepers that are due in the same ms; the lowest first. */
  readonly rank: number;
  readonly wake: () => void;
}

/** So many turns of the event loop without a new sleeper mean that everybody waits. */
const QUIET_TURNS = 3;

/**
 * Makes a clock that starts at 2025-01-01. Its sleepers wake one by one, in order of time. Between
 * two of them it waits until all that the first one set off has come to rest.
 */
export function createVirtualClock({ seed }: VirtualClockOptions = {}): VirtualClock {
  const sleepers = new Set<Sleeper>();
  const ranks = seed === undefined ? undefined : createRandom(seed + 1);
  let now = Date.UTC(2025, 0, 1);
  let slept = 0;
  let isDriven = false;

  const sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      slept += 1;
      const stop = (): void => {
        sleepers.delete(sleeper);
        // The caller gets back the reason it aborted with.
        reject(signal?.reason as Error);
      };
      const wake = (): void => {
        signal?.removeEventListener("abort", stop);
        resolve();
      };
      const sleeper = { due: now + Math.max(0, ms), rank: ranks?.() ?? slept, wake };
      sleepers.add(sleeper);
      signal?.addEventListener("abort", stop, { once: true });
      if (!isDriven) void drive();
    });

  async function drive(): Promise<void> {
    isDriven = true;
    while (sleepers.size > 0) {
      await rest();
      const next = findNext(sleepers);
      if (!next) break;
      sleepers.delete(next);
      now = Math.max(now, next.due);
      next.wake();
      // It may now sleep again.
      await rest();
    }
    isDriven = false;
  }

  async function rest(): Promise<void> {
    for (let quiet = 0; quiet < QUIET_TURNS; quiet += 1) {
      const before = slept;
      await nextTurn();
      if (slept !== before) quiet = -1;
    }
  }

  return {
    now: () => now,
    random: createRandom(seed ?? 0),
    sleep,
    run: async (task) => {
      try {
        return await task();
      } finally {
        while (isDriven) await nextTurn();
      }
    },
  };
}

function findNext(sleepers: ReadonlySet<Sleeper>): Sleeper | undefined {
  return [...sleepers].sort((a, b) => a.due - b.due || a.rank - b.rank)[0];
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
