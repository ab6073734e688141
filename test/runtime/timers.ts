type Run = (...args: unknown[]) => void;
type SetTimeout = typeof globalThis.setTimeout;
type ClearTimeout = typeof globalThis.clearTimeout;

/** The longest time that a server can make a call wait, in ms; what lasts longer is not a pause. */
const LONGEST_PAUSE = 60_000;

/**
 * Runs a task for which pauses are over as soon as everything else has had its turn.
 *
 * @param task - gets how long each pause was asked to be, in ms, first one first.
 */
export async function withoutPauses(
  task: (pauses: readonly number[]) => Promise<void>,
): Promise<void> {
  const { setTimeout } = globalThis;
  const pauses: number[] = [];
  replaceSetTimeout((run, ms) => {
    if (ms > LONGEST_PAUSE) return setTimeout(run, ms);
    pauses.push(ms);
    return setTimeout(run, 0);
  });
  try {
    await task(pauses);
  } finally {
    globalThis.setTimeout = setTimeout;
  }
}

/**
 * Runs a task in which time passes only when told to.
 *
 * @param task - gets a function that lets so many ms pass, once all else has had its turn.
 */
export async function withHeldTime(
  task: (pass: (ms: number) => void) => Promise<void>,
): Promise<void> {
  const { setTimeout, clearTimeout } = globalThis;
  const held = new Map<unknown, { readonly run: Run; readonly ms: number }>();
  replaceSetTimeout((run, ms) => {
    const timer = {};
    held.set(timer, { run, ms });
    return timer;
  });
  globalThis.clearTimeout = (timer: Parameters<ClearTimeout>[0]) => {
    if (!held.delete(timer)) clearTimeout(timer);
  };
  try {
    await task((passed) => {
      setTimeout(() => {
        for (const [timer, { run, ms }] of held) {
          if (ms <= passed && held.delete(timer)) run();
        }
      }, 0);
    });
  } finally {
    Object.assign(globalThis, { setTimeout, clearTimeout });
  }
}

/** Puts something else in the place of `setTimeout`, but for the runtime itself: Node's `fetch` uses it too. */
function replaceSetTimeout(replacement: (run: Run, ms: number) => unknown): void {
  const { setTimeout } = globalThis;
  globalThis.setTimeout = ((run: Run, ms = 0, ...args: unknown[]) => {
    // The error, this function, and who has called it.
    const [, , caller = ""] = new Error().stack?.split("\n") ?? [];
    if (caller.includes("node:internal")) return setTimeout(run, ms, ...args);
    return replacement(run, ms);
  }) as SetTimeout; // What stands for a timer differs by runtime anyway.
}
