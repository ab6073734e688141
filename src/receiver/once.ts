import { webCrypto } from "../checks/web-crypto.js";
import { InvalidInputError } from "../errors/invalid-input-error.js";
import type { Claim, DeliveryStore } from "./delivery-store.js";
import { startTimer } from "./timer.js";

/**
 * How one run ended: the task ran, it has run before, somebody else is at it, or the store did not say
 * in time which of these.
 */
type RunOutcome = "handled" | "duplicate" | "pending" | "unanswered";

/** A task on its way. */
export interface Run {
  /** Rejects with what the task or the store throws. */
  readonly outcome: Promise<RunOutcome>;
  /** Resolves when the task begins, if it does. */
  readonly begun: Promise<void>;
  /** Whether it has; until then, what has failed is the store. */
  readonly hasBegun: () => boolean;
}

/** What {@link createOnce} needs. */
export interface OnceOptions {
  readonly store: DeliveryStore;
  /** How long a claim holds if this process dies, in ms; while the task runs, it is renewed. */
  readonly claimTtl: number;
  /** How long to remember what was handled, in ms. */
  readonly completedTtl: number;
  /** How long the store has for a claim at least, in ms, also where the answer is due sooner. */
  readonly grace: number;
  /** How long to wait for the store to note what has already been decided, in ms. */
  readonly timeout: number;
  /** Told when the store fails at that. */
  readonly onError: (error: unknown) => void;
  /** Told of work that goes on after a run has ended. */
  readonly track: (work: Promise<unknown>) => void;
}

/**
 * Runs a task unless it has been run for one of the keys.
 *
 * @param due - Resolves when the store has to have said whether to run it.
 */
export type Once = (keys: readonly string[], task: () => unknown, due: Promise<unknown>) => Run;

/** The pauses between attempts to note that something was handled, in ms: from the first they double. */
const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 5_000;

/** How often a claim is renewed while it holds. */
const RENEWALS = 3;

const CLAIMS: readonly unknown[] = ["claimed", "pending", "completed"] satisfies Claim[];

/**
 * Makes a {@link Once}: it claims all keys, runs the task, and completes them; if the task throws, it
 * releases them, so that the next delivery is handled. Each run has an owner of its own, so that one
 * whose claim has passed on takes nothing from the next. Twins that meet in this process share one run
 * and its outcome, so none of them is answered before the event is safe.
 */
export function createOnce(options: OnceOptions): Once {
  const { store, claimTtl, completedTtl, grace, timeout, onError, track } = options;
  const runs = new Map<string, Run>();

  return (keys, task, due) => {
    const twin = keys.map((key) => runs.get(key)).find((run) => run !== undefined);
    if (twin) return { ...twin, outcome: twin.outcome.then(asTwin) };

    let begin = (): void => undefined;
    let hasBegun = false;
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const outcome = claimAndRun(keys, due, () => {
      hasBegun = true;
      begin();
      return task();
    });
    const run = { outcome, begun, hasBegun: () => hasBegun };
    for (const key of keys) runs.set(key, run);
    const leave = (): void => {
      for (const key of keys) if (runs.get(key) === run) runs.delete(key);
    };
    outcome.then(leave, leave);
    return run;
  };

  async function claimAndRun(
    keys: readonly string[],
    due: Promise<unknown>,
    task: () => unknown,
  ): Promise<RunOutcome> {
    const owner = webCrypto().randomUUID();
    const claimed: string[] = [];
    const release = (key: string): unknown => store.release(key, { owner });
    const complete = (key: string): unknown => store.complete(key, { owner, ttl: completedTtl });
    try {
      for (const key of keys) {
        const claim = await claimInTime(key, owner, due);
        if (claim === "claimed") {
          claimed.push(key);
          continue;
        }
        await note(claim === "completed" ? complete : release, claimed);
        return claim === "completed" ? "duplicate" : claim;
      }
      const stop = keepClaims(claimed, owner);
      try {
        await task();
      } finally {
        await stop();
      }
    } catch (error) {
      await note(release, claimed);
      throw error;
    }
    const left = await note(complete, claimed);
    if (left.length > 0) track(insist(complete, left));
    return "handled";
  }

  /** What comes too late is given back, since nobody waits for it any more. */
  async function claimInTime(
    key: string,
    owner: string,
    due: Promise<unknown>,
  ): Promise<Claim | "unanswered"> {
    const asked = askForClaim(key, owner);
    const { up, stop } = startTimer(grace);
    const isLate = Promise.all([due, up]).then(() => "unanswered" as const);
    const claim = await Promise.race([asked, isLate]).finally(stop);
    if (claim === "unanswered") {
      const giveBack = async (late: Claim): Promise<void> => {
        if (late === "claimed") await note((own) => store.release(own, { owner }), [key]);
      };
      asked.then(giveBack).catch(onError);
    }
    return claim;
  }

  /** @throws {InvalidInputError} for an answer that is none. */
  async function askForClaim(key: string, owner: string): Promise<Claim> {
    const claim = await store.claim(key, { owner, ttl: claimTtl });
    if (CLAIMS.includes(claim)) return claim;
    throw new InvalidInputError(
      "store",
      'one whose `claim` gives "claimed", "pending" or "completed"',
    );
  }

  /** Renews the claims again and again. @returns how to stop that, and to wait for what is under way. */
  function keepClaims(keys: readonly string[], owner: string): () => Promise<void> {
    let timer = startTimer(claimTtl / RENEWALS);
    let underWay: Promise<unknown> = Promise.resolve();
    const renew = (): void => {
      timer = startTimer(claimTtl / RENEWALS);
      void timer.up.then(renew);
      // One that has passed on since this process was stopped for a while stays the other's.
      underWay = Promise.all(keys.map((key) => askForClaim(key, owner).catch(onError)));
    };
    void timer.up.then(renew);
    return async () => {
      timer.stop();
      // Else it might take again what is given up.
      await inTime(() => underWay);
    };
  }

  /** @returns the keys with which the store has failed. */
  async function note(
    write: (key: string) => unknown,
    keys: readonly string[],
    report = onError,
  ): Promise<string[]> {
    const failed: string[] = [];
    for (const key of keys) if (!(await inTime(() => write(key), report))) failed.push(key);
    return failed;
  }

  /** Tries again, as long as the claims hold: what has been handled shall not be handled again. */
  async function insist(write: (key: string) => unknown, keys: readonly string[]): Promise<void> {
    let left = keys;
    let pause = FIRST_PAUSE;
    let waited = 0;
    while (left.length > 0 && waited < claimTtl) {
      await startTimer(pause).up;
      waited += pause;
      // It has been told once.
      left = await note(write, left, () => undefined);
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    }
  }

  /** A store that fails here costs a repetition at worst, so it does not change the outcome. */
  async function inTime(act: () => unknown, report = onError): Promise<boolean> {
    const { up, stop } = startTimer(timeout);
    const late = up.then(() => {
      throw new InvalidInputError("store", `one that answers within ${timeout} ms`);
    });
    try {
      await Promise.race([act(), late]);
      return true;
    } catch (error) {
      report(error);
      return false;
    } finally {
      stop();
    }
  }
}

function asTwin(outcome: RunOutcome): RunOutcome {
  return outcome === "handled" ? "duplicate" : outcome;
}
