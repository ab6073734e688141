import { webCrypto } from "../checks/web-crypto.js";
import { InvalidInputError } from "../errors/invalid-input-error.js";
import type { Claim, DeliveryStore } from "./delivery-store.js";
import { isThere } from "./is-there.js";
import { createNotes, type NotesOptions, type Write } from "./notes.js";
import { begin, leaveRest, type Progress, startProgress } from "./progress.js";
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
  /** Whether it was over at once, with the task run by this one and by no twin. */
  readonly isHandled: boolean;
  readonly progress: Progress;
}

/** What {@link createOnce} needs. */
export interface OnceOptions extends NotesOptions {
  readonly store: DeliveryStore;
  /** How long a claim holds if this process dies, in ms; while the task runs, it is renewed. */
  readonly claimTtl: number;
  /** How long to remember what was handled, in ms. */
  readonly completedTtl: number;
  /** How long the store has for a claim at least, in ms, also where the answer is due sooner. */
  readonly grace: number;
}

/**
 * Runs a task unless it has been run for one of the keys. It waits only for what is not there at once,
 * and makes a timer only where it waits.
 *
 * @param due - Resolves when the store has to have said whether to run it.
 */
export type Once = (
  keys: readonly string[],
  task: () => unknown,
  due: () => Promise<unknown>,
) => Run;

/** How long the store is told again at most, in ms: what was handled, and what may have been claimed. */
const LONGEST_REST = 300_000;
const SHORT_REST = 10_000;

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
  const { store, claimTtl, completedTtl, grace, timeout, onError } = options;
  const { inTime, note, insist } = createNotes({ timeout, onError });
  const runs = new Map<string, Started>();

  return (keys, task, due) => {
    const twin = keys.map((key) => runs.get(key)).find((run) => run !== undefined);
    if (twin) return { outcome: outcomeOfTwin(twin), isHandled: false, progress: twin.progress };
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
    // The one that is being claimed: if the store fails, nobody knows whether it has been.
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

  /** Tells the store about keys; where it fails, again later. */
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

  /** What comes too late is given back, since nobody waits for it any more. */
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

  /** Renews the claims again and again, until the task is over. */
  async function keepClaims(keys: readonly string[], owner: string, task: unknown): Promise<void> {
    let timer = startTimer(claimTtl / RENEWALS);
    let underWay: Promise<unknown> | undefined;
    const renew = (): void => {
      timer = startTimer(claimTtl / RENEWALS);
      void timer.up.then(renew);
      // One that has passed on since this process was stopped for a while stays the other's.
      underWay = Promise.all(keys.map((key) => renewClaim(key, owner).catch(onError)));
    };
    void timer.up.then(renew);
    try {
      await task;
    } finally {
      timer.stop();
      // Else it might take again what is given up.
      await inTime(() => underWay);
    }
  }
}

/** @throws {InvalidInputError} for an answer that is none. */
function checkClaim(claim: Claim): Claim {
  if (CLAIMS.includes(claim)) return claim;
  throw new InvalidInputError(
    "store",
    'one whose `claim` gives "claimed", "pending" or "completed"',
  );
}

/** A run while it goes on. */
interface Started {
  readonly task: () => unknown;
  readonly due: () => Promise<unknown>;
  readonly progress: Progress;
  /** Undefined only while a task that answers at once is at it. */
  outcome: Promise<RunOutcome> | undefined;
}

async function outcomeOfTwin(run: Started): Promise<RunOutcome> {
  // It may have come out of the task itself.
  await Promise.resolve();
  const outcome = await run.outcome;
  return outcome === undefined || outcome === "handled" ? "duplicate" : outcome;
}
