import { webCrypto } from "../checks/web-crypto.js";
import { InvalidInputError } from "../errors/invalid-input-error.js";
import type { Claim, DeliveryStore } from "./delivery-store.js";
import { isThere } from "./is-there.js";
import { createNotes, type NotesOptions, type Write } from "./notes.js";
import { begin, leaveRest, type Progress, startProgress } from "./progress.js";
import { startTimer } from "./timer.js";

/**
 * How a run ended: the task ran, it had run before, another process is running it, or the store did not
 * answer in time.
 */
type RunOutcome = "handled" | "duplicate" | "pending" | "unanswered";

/** A run that has begun. */
export interface Run {
  /** Rejects with the error of the task or the store. */
  readonly outcome: Promise<RunOutcome>;
  /** Whether this run, and not a concurrent duplicate, ran the task and finished synchronously. */
  readonly isHandled: boolean;
  readonly progress: Progress;
}

/** The options of {@link createOnce}. */
export interface OnceOptions extends NotesOptions {
  readonly store: DeliveryStore;
  /** How long a claim holds if this process dies, in ms. It is renewed while the task runs. */
  readonly claimTtl: number;
  /** How long to remember that a key was handled, in ms. */
  readonly completedTtl: number;
  /** The minimum time that the store has for a claim, in ms, even if the answer is due sooner. */
  readonly grace: number;
}

/**
 * Runs a task unless it has been run for one of the keys. It stays synchronous where the store and the
 * task are, and creates a timer only where it waits.
 *
 * @param due - resolves when the store must have answered the claims.
 */
export type Once = (
  keys: readonly string[],
  task: () => unknown,
  due: () => Promise<unknown>,
) => Run;

/** How long failed writes are repeated at most, in ms: for completed keys, and for released ones. */
const LONGEST_REST = 300_000;
const SHORT_REST = 10_000;

/** How often a claim is renewed within its `claimTtl`. */
const RENEWALS = 3;

const CLAIMS: readonly unknown[] = ["claimed", "pending", "completed"] satisfies Claim[];

/**
 * Creates a {@link Once}. It claims all keys, runs the task, and completes the keys. If the task throws,
 * it releases the keys, so that the next delivery is handled. Each run has its own owner, so a run whose
 * claim has expired cannot change the claim of the next run. Concurrent duplicates in this process share
 * one run and its outcome, so none of them is answered before the event is safe.
 */
export function createOnce(options: OnceOptions): Once {
  const { store, claimTtl, completedTtl, grace, timeout, onError } = options;
  const { inTime, note, insist } = createNotes({ timeout, onError });
  const runs = new Map<string, Started>();

  return (keys, task, due) => {
    const other = keys.map((key) => runs.get(key)).find((run) => run !== undefined);
    if (other) return { outcome: shareOutcome(other), isHandled: false, progress: other.progress };
    const progress = startProgress();
    const run: Started = { task, due, progress, outcome: undefined };
    for (const key of keys) runs.set(key, run);
    const leave = (): void => {
      for (const key of keys) runs.delete(key);
    };
    const outcome = claimAndRun(keys, run);
    run.outcome = outcome;
    if (progress.isDone) leave();
    else outcome.then(leave, leave);
    return { outcome, isHandled: progress.isDone, progress };
  };

  async function claimAndRun(keys: readonly string[], run: Started): Promise<RunOutcome> {
    const { progress, due } = run;
    const owner = webCrypto().randomUUID();
    const claimed: string[] = [];
    // The key that is being claimed. If the store fails, it is unknown whether it was claimed.
    let asked: string | undefined;
    const release: Write = (key) => store.release(key, { owner });
    const complete: Write = (key) => store.complete(key, { owner, ttl: completedTtl });
    try {
      for (const key of keys) {
        asked = key;
        const given = store.claim(key, { owner, ttl: claimTtl });
        const claim =
          typeof given === "string" ? checkClaim(given) : await claimInTime(key, given, owner, due);
        asked = undefined;
        if (claim === "claimed") {
          claimed.push(key);
          continue;
        }
        if (claim === "completed") await settle(progress, complete, claimed, LONGEST_REST);
        else await settle(progress, release, claimed, SHORT_REST);
        return claim === "completed" ? "duplicate" : claim;
      }
      begin(progress);
      const result = run.task();
      if (!isThere(result)) await keepClaims(claimed, owner, result);
    } catch (error) {
      await settle(progress, release, claimed, SHORT_REST);
      if (asked !== undefined) leaveRest(progress, insist(release, [asked], SHORT_REST));
      throw error;
    }
    const noted = settle(progress, complete, claimed, LONGEST_REST);
    if (noted) await noted;
    progress.isDone = true;
    return "handled";
  }

  /** Writes keys to the store, and repeats the writes that fail later. */
  function settle(
    progress: Progress,
    write: Write,
    keys: readonly string[],
    longest: number,
  ): Promise<void> | undefined {
    const insistOn = (left: readonly string[]): void => {
      if (left.length > 0) leaveRest(progress, insist(write, left, Math.min(claimTtl, longest)));
    };
    const left = note(write, keys);
    if (left instanceof Promise) return left.then(insistOn);
    insistOn(left);
    return undefined;
  }

  /** A claim that arrives too late is released, since no caller waits for it any longer. */
  async function claimInTime(
    key: string,
    given: PromiseLike<Claim>,
    owner: string,
    due: () => Promise<unknown>,
  ): Promise<Claim | "unanswered"> {
    const asked = Promise.resolve(given).then(checkClaim);
    const first = startTimer(grace);
    const last = startTimer(timeout);
    const isDue = Promise.all([due(), first.up]);
    const isLate = Promise.race([isDue, last.up]).then(() => "unanswered" as const);
    const claim = await Promise.race([asked, isLate]).finally(() => {
      first.stop();
      last.stop();
    });
    if (claim === "unanswered") {
      const giveBack = async (late: Claim): Promise<void> => {
        if (late === "claimed") await note((own) => store.release(own, { owner }), [key]);
      };
      asked.then(giveBack).catch(onError);
    }
    return claim;
  }

  async function renewClaim(key: string, owner: string): Promise<void> {
    checkClaim(await store.claim(key, { owner, ttl: claimTtl }));
  }

  /** Renews the claims until the task ends. */
  async function keepClaims(keys: readonly string[], owner: string, task: unknown): Promise<void> {
    let timer = startTimer(claimTtl / RENEWALS);
    let underWay: Promise<unknown> | undefined;
    const renew = (): void => {
      timer = startTimer(claimTtl / RENEWALS);
      void timer.up.then(renew);
      // A claim that expired while this process was suspended stays with its new owner.
      underWay = Promise.all(keys.map((key) => renewClaim(key, owner).catch(onError)));
    };
    void timer.up.then(renew);
    try {
      await task;
    } finally {
      timer.stop();
      // Otherwise a late renewal could claim a key again after its release.
      await inTime(() => underWay);
    }
  }
}

/** @throws {InvalidInputError} for any other answer than a {@link Claim}. */
function checkClaim(claim: Claim): Claim {
  if (CLAIMS.includes(claim)) return claim;
  throw new InvalidInputError(
    "store",
    'a store whose `claim` returns "claimed", "pending" or "completed"',
  );
}

/** A run in progress. */
interface Started {
  readonly task: () => unknown;
  readonly due: () => Promise<unknown>;
  readonly progress: Progress;
  /** Undefined only while the synchronous part of the run is executing. */
  outcome: Promise<RunOutcome> | undefined;
}

async function shareOutcome(run: Started): Promise<RunOutcome> {
  // The task itself may have caused this duplicate, before `run.outcome` was set.
  await Promise.resolve();
  const outcome = await run.outcome;
  return outcome === undefined || outcome === "handled" ? "duplicate" : outcome;
}
