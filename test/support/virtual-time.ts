/** Time that passes only when everybody waits: then the task with the shortest wait goes on. */
export interface VirtualTime {
  readonly now: () => number;
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}

export function createVirtualTime(): VirtualTime {
  const sleepers: { readonly wakesAt: number; readonly wake: () => void }[] = [];
  let now = 0;
  let isRunning = false;

  const run = (): void => {
    const next = sleepers.shift();
    isRunning = next !== undefined;
    if (next === undefined) return;
    now = next.wakesAt;
    next.wake();
    // A task that was woken runs as far as it can before the next one is.
    setImmediate(run);
  };
  return {
    now: () => now,
    sleep: async (ms, signal) => {
      const wakesAt = now + ms;
      await new Promise<void>((wake) => {
        const later = sleepers.findIndex((sleeper) => sleeper.wakesAt > wakesAt);
        sleepers.splice(later < 0 ? sleepers.length : later, 0, { wakesAt, wake });
        if (isRunning) return;
        isRunning = true;
        setImmediate(run);
      });
      signal?.throwIfAborted();
    },
  };
}
