/** What is to happen when some more requests have been dealt with. */
export interface Pending {
  /** Plans a task for when `tick` has been called so many times more. */
  readonly add: (ticks: number, task: () => void) => void;
  /** Runs what is due, in the order in which it was planned. */
  readonly tick: () => void;
  /** Runs everything, what is due first coming first. */
  readonly settle: () => void;
}

export function createPending(): Pending {
  let now = 0;
  let tasks: { readonly due: number; readonly run: () => void }[] = [];

  const runUntil = (time: number): void => {
    // Sorting keeps the order of what is due at the same time.
    const due = tasks.filter((task) => task.due <= time).sort((a, b) => a.due - b.due);
    tasks = tasks.filter((task) => task.due > time);
    for (const { run } of due) run();
  };

  return {
    add: (ticks, run) => {
      tasks.push({ due: now + ticks, run });
    },
    tick: () => {
      now += 1;
      runUntil(now);
    },
    settle: () => {
      runUntil(Infinity);
    },
  };
}
