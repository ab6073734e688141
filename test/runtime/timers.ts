type Run = (...args: unknown[]) => void;
type SetTimeout = typeof globalThis.setTimeout;
type ClearTimeout = typeof globalThis.clearTimeout;

/** The longest time that a server can make a call wait, in ms; what lasts longer is not a pause. */
const LONGEST_PAUSE = 60_000;

/**
 * Runs a task whose pauses end as soon as everything else has run.
 *
 * @param task - gets the requested length of each pause in ms, oldest first.
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
 * Runs a task in which time passes only on request.
 *
 * @param task - gets a function that lets so many ms pass, once everything else has run.
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

/** Replaces `setTimeout`, except for the runtime itself: Node's `fetch` uses it too. */
function replaceSetTimeout(replacement: (run: Run, ms: number) => unknown): void {
  const { setTimeout } = globalThis;
  globalThis.setTimeout = ((run: Run, ms = 0, ...args: unknown[]) => {
    // The error, this function, and its caller.
    const [, , caller = ""] = new Error().stack?.split("\n") ?? [];
    if (caller.includes("node:internal")) return setTimeout(run, ms, ...args);
    return replacement(run, ms);
  }) as SetTimeout; // The type of a timer differs by runtime anyway.
}
