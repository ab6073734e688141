import type { DeliveryStore } from "./delivery-store.js";

/** How one run ended: the task ran, it has run before, or somebody else is at it. */
type RunOutcome = "handled" | "duplicate" | "pending";

/** A task on its way. */
export interface Run {
  /** Rejects with what the task or the store throws. */
  readonly outcome: Promise<RunOutcome>;
  /** Resolves when the task begins, if it does. */
  readonly begun: Promise<void>;
}

/** What {@link createOnce} needs. */
export interface OnceOptions {
  readonly store: DeliveryStore;
  /** How long a claim holds if this process dies, in ms. */
  readonly ttl: number;
  /** Told when the store fails to note what has already been decided. */
  readonly onError: (error: unknown) => void;
}

/** Runs a task unless it has been run for one of the keys. */
export type Once = (keys: readonly string[], task: () => unknown) => Run;

/**
 * Makes a {@link Once}: it claims all keys, runs the task, and completes them; if the task throws, it
 * releases them, so that the next delivery is handled. Twins that meet in this process share one run
 * and its outcome, so none of them is answered before the event is safe.
 */
export function createOnce({ store, ttl, onError }: OnceOptions): Once {
  const runs = new Map<string, Run>();

  return (keys, task) => {
    const twin = keys.map((key) => runs.get(key)).find((run) => run !== undefined);
    if (twin) return { ...twin, outcome: twin.outcome.then(asTwin) };

    let begin = (): void => undefined;
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const outcome = claimAndRun(keys, () => {
      begin();
      return task();
    });
    const run = { outcome, begun };
    for (const key of keys) runs.set(key, run);
    const leave = (): void => {
      for (const key of keys) if (runs.get(key) === run) runs.delete(key);
    };
    outcome.then(leave, leave);
    return run;
  };

  async function claimAndRun(keys: readonly string[], task: () => unknown): Promise<RunOutcome> {
    const claimed: string[] = [];
    try {
      for (const key of keys) {
        const claim = await store.claim(key, ttl);
        if (claim === "claimed") claimed.push(key);
        else {
          await note(claim === "completed" ? "complete" : "release", claimed);
          return claim === "completed" ? "duplicate" : "pending";
        }
      }
      await task();
    } catch (error) {
      await note("release", claimed);
      throw error;
    }
    await note("complete", claimed);
    return "handled";
  }

  /** A store that fails here costs a repetition at worst, so it does not change the outcome. */
  async function note(what: "complete" | "release", keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      try {
        await store[what](key);
      } catch (error) {
        onError(error);
      }
    }
  }
}

function asTwin(outcome: RunOutcome): RunOutcome {
  return outcome === "handled" ? "duplicate" : outcome;
}
