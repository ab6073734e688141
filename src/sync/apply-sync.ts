import type { LinqClient } from "../client.js";
import { DuplicateSubscriptionError } from "../errors/duplicate-subscription-error.js";
import { InvalidInputError } from "../errors/invalid-input-error.js";
import { StalePlanError } from "../errors/stale-plan-error.js";
import { createConfirmed } from "../subscriptions/confirmed.js";
import { type Call, type Internals, internalsOf } from "../subscriptions/internals.js";
import { lockKey, withLock } from "../subscriptions/lock.js";
import { patience, SETTLING_TIME } from "../subscriptions/pauses.js";
import { createSpellingSearch } from "../subscriptions/spelling.js";
import { toShow } from "../subscriptions/subscription.js";
import type { Application } from "./application.js";
import { type ApplyOptions, checkApplyOptions } from "./apply-options.js";
import { deletePlanned } from "./delete-planned.js";
import { findChanges } from "./find-changes.js";
import { createLooks, type Look } from "./looks.js";
import { createOutcomes, type ApplyResult } from "./outcomes.js";
import { reachGoal } from "./reach-goal.js";
import { type PlannedEntry, type Recipe, recipeOf } from "./recipe.js";
import { runSteps } from "./run-steps.js";
import type { SyncPlan, WritingStep } from "./sync-plan.js";
import { writeEntry } from "./write-entry.js";

/**
 * Carries a plan out: creates and updates first, then, only if all of them have succeeded, deletes.
 * So nothing is lost whatever fails, and between a write and a deletion some events may arrive twice.
 * A step that fails stops no other of its kind. Whatever was done, the next plan holds the rest.
 *
 * It reads the list before it writes, and again before it deletes: what has changed since the plan is
 * not deleted, nor what would leave an event of its entry undelivered. The last thing that it does is
 * to look again: at declared URLs, twins that others have made meanwhile give way by the rule of
 * `ensure`, and what has gone missing is written again. However many steps there are, each takes one
 * request, and all together share a few lists.
 *
 * @throws {InvalidInputError} when the plan is not the object that `planSync` returned, the client not
 * the one that `createLinqClient` returned, or an option is not usable.
 * @throws {StalePlanError} when what the plan is about has changed since; nothing was written then.
 * @throws {LinqError} when the first list cannot be had. Errors of steps are in the result.
 *
 * @example
 * ```ts
 * import { createLinqClient } from "linq-webhooks";
 * import { applySync, planSync } from "linq-webhooks/sync";
 * import { createSandbox } from "linq-webhooks/sandbox";
 *
 * const linq = createLinqClient({ token: "any-token", fetch: createSandbox().fetch });
 * const plan = planSync(
 *   [{ webhook_url: "https://example.com/hook", events: ["message.received"] }],
 *   await linq.webhookSubscriptions.list(),
 * );
 * const { done, failed } = await applySync(linq, plan);
 * console.log(done.length, failed.length); // 1 0
 * ```
 */
export async function applySync(
  linq: Pick<LinqClient, "webhookSubscriptions">,
  plan: SyncPlan,
  options: ApplyOptions = {},
): Promise<ApplyResult> {
  const recipe = recipeOf(plan);
  const { concurrency, onProgress, signal } = checkApplyOptions(options);
  const client = readInternals(linq);
  const { clock } = client.context;
  const application = await begin(client, recipe, signal);
  const { looks, confirmed } = application;
  const { entries, deletes } = recipe;
  const writes = entries.filter(isWrite);
  const outcomes = createOutcomes(writes.length + deletes.length, onProgress);

  const notWritten = await runSteps(writes, { concurrency, signal }, (write) =>
    attempt(write.step, (call) => writeEntry(application, call, write)),
  );
  const hasWritten = notWritten.length < writes.length;
  if (notWritten.length > 0 || (!hasWritten && deletes.length === 0)) {
    return outcomes.toResult([...notWritten, ...deletes]);
  }
  const failure = await lookAndSettle(deletes.length === 0);
  if (outcomes.hasFailed() || signal?.aborted) return outcomes.toResult(deletes);

  const notDeleted = await runSteps(deletes, { concurrency, signal }, (deletion) =>
    attempt(deletion.step, (call) => {
      if (failure) throw failure.error;
      return deletePlanned(application, call, deletion);
    }),
  );
  if (!failure && notDeleted.length < deletes.length) await lookAndSettle(true);
  return outcomes.toResult(notDeleted);

  /** Carries a step out as a call of its own, under the lock of its URL. */
  async function attempt(step: WritingStep, action: (call: Call) => Promise<void>): Promise<void> {
    try {
      await inCall(step.webhook_url, action);
      outcomes.done(step);
    } catch (error) {
      outcomes.fail(step, error);
    }
  }

  function inCall<T>(webhookUrl: string, task: (call: Call) => Promise<T>): Promise<T> {
    return client.run({}, (call) =>
      withLock(client.context.lock, lockKey(webhookUrl), call, () => task(call)),
    );
  }

  /**
   * Looks at what has become of the declared URLs, and puts right what others have done there
   * meanwhile. Without the look nobody knows, so all that was written has failed.
   */
  async function lookAndSettle(isLast: boolean): Promise<{ error: unknown } | undefined> {
    let look: Look;
    try {
      look = await (isLast ? lookUntilShown() : lookOnceSettled());
    } catch (error) {
      if (signal?.aborted) return undefined;
      for (const { step } of writes) if (!outcomes.hasFailed(step)) outcomes.fail(step, error);
      return { error };
    }
    // What the deletions are about to do, or have failed to do, is not to be done by the way.
    const busy = new Set(
      deletes
        .filter(({ step }) => !isLast || outcomes.hasFailed(step))
        .map(({ keeper }) => keeper?.entry.address),
    );
    const unsettled = entries.filter(
      ({ step, entry }) =>
        !outcomes.hasFailed(step) && !busy.has(entry.address) && !isSettled(entry, look),
    );
    await runSteps(unsettled, { concurrency, signal: undefined }, settle);
    return undefined;
  }

  async function settle({ step, entry }: PlannedEntry): Promise<void> {
    try {
      await inCall(entry.input.webhook_url, async (call) => {
        const existing = await reachGoal(application, call, entry.input);
        const [only, ...others] = existing;
        if (only && others.length === 0 && findChanges(entry, only).length === 0) return;
        throw new DuplicateSubscriptionError({
          existing: toShow(existing, call.redact),
          sharedEvents: entry.input.events.map(call.redact),
          advice: "others have written to this URL meanwhile; make a new plan and apply that",
        });
      });
    } catch (error) {
      outcomes.fail(step, error);
    }
  }

  /** Waits until others' writes under way can no longer take away what deletions are to rely on. */
  async function lookOnceSettled(): Promise<Look> {
    const wait = application.settlesAt() - clock.now();
    if (wait > 0) await clock.sleep(wait, signal);
    return looks.next(signal);
  }

  /** Looks until the list shows all that was written, or has had the time for it. */
  async function lookUntilShown(): Promise<Look> {
    for (let nth = 0; ; nth++) {
      const look = await looks.next(signal);
      const pause = patience(nth, clock.random());
      if (look.late.length === 0 || pause === undefined) {
        failStale(look);
        return look;
      }
      await clock.sleep(pause, signal);
    }
  }

  /** A deletion that no list shows has not been seen to be one. */
  function failStale({ late }: Look): void {
    const byId = new Map(deletes.map(({ step }) => [step.current.id, step]));
    for (const item of late) {
      const step = item.kind === "deleted" ? byId.get(item.subscription.id) : undefined;
      if (step) outcomes.fail(step, client.context.requests.staleList({ attempts: [] }, item));
      confirmed.settle(item);
    }
  }
}

/** @throws {InvalidInputError} for what `createLinqClient` has not made. */
function readInternals({
  webhookSubscriptions,
}: Pick<LinqClient, "webhookSubscriptions">): Internals {
  const internals = internalsOf(webhookSubscriptions);
  if (internals) return internals;
  throw new InvalidInputError("linq", "a client as `createLinqClient` returned it, and no copy");
}

/**
 * Reads the first list, which must show what the plan was made from.
 *
 * @throws {StalePlanError} when it does not.
 */
async function begin(
  { context, run }: Internals,
  { fingerprint, fingerprintOf, deletes }: Recipe,
  signal: AbortSignal | undefined,
): Promise<Application> {
  const { requests, clock } = context;
  const confirmed = createConfirmed();
  const looks = createLooks(
    (until) => run({ signal: until }, (call) => requests.list(call)),
    confirmed,
    clock.now,
  );
  const first = await looks.next(signal);
  const found = fingerprintOf(first.list);
  if (found !== fingerprint) throw new StalePlanError(fingerprint, found);

  const goes = new Set(deletes.map(({ step }) => step.current.id));
  let settlesAt = 0;
  return {
    context,
    confirmed,
    looks,
    first,
    // What the plan deletes is there to be replaced, also in another spelling.
    findRespelled: createSpellingSearch(first.list.filter(({ id }) => !goes.has(id))),
    planned: fingerprint,
    fingerprintOf,
    settlesAt: () => settlesAt,
    noteGain: (before, after) => {
      const hasGained = after.events.some((event) => !before.events.includes(event));
      if (hasGained) settlesAt = clock.now() + SETTLING_TIME;
    },
  };
}

function isWrite(planned: PlannedEntry): planned is PlannedEntry & { readonly step: WritingStep } {
  return planned.step.action !== "keep";
}

/** Whether each event of an entry reaches its URL exactly once. */
function isSettled({ address, input }: PlannedEntry["entry"], look: Look): boolean {
  if (!input.active) return true;
  const found = look.activeAt(address);
  return input.events.every(
    (event) => found.filter(({ events }) => events.some((name) => name === event)).length === 1,
  );
}
