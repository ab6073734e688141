/** Tasks that run after a number of further requests. */
export interface Pending {
  /** Plans a task for after `ticks` further calls of `tick`. */
  readonly add: (ticks: number, task: () => void) => void;
  /** Counts a request, and runs the tasks that are due, in the order in which they were planned. */
  readonly tick: () => void;
  /** Runs all tasks, in the order in which they are due. */
  readonly settle: () => void;
}

export function createPending(): Pending {
  let now = 0;
  let tasks: { readonly due: number; readonly run: () => void }[] = [];

  const runUntil = (time: number): void => {
    // The sort is stable, so tasks that are due at the same time keep their order.
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
