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
 * Carries out a plan: it creates and updates first, and deletes only if all of that has succeeded. No
 * event is lost whichever step fails; between a write and a deletion, some events may arrive twice. A
 * failed creation or update does not stop the others, nor does a failed deletion. The next plan has the
 * steps that are left.
 *
 * It reads the list before it writes, and again before it deletes. It does not delete a subscription that
 * has changed since the plan, or whose deletion would leave an event of its entry undelivered. At the end
 * it reads the list once more: at declared URLs, it removes duplicates that other clients have created in
 * the meantime, by the rule of `ensure`, and restores deleted subscriptions. Each step takes one
 * request, and all steps share a few list requests.
 *
 * @throws {InvalidInputError} when the plan is not the object that `planSync` returned, the client is not
 * the object that `createLinqClient` returned, or an option is invalid.
 * @throws {StalePlanError} when the subscriptions of the plan have changed since; nothing was written.
 * @throws {LinqError} when the first list cannot be read. Errors of steps are in the result.
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

  /** Carries out a step as its own call, under the lock of its URL. */
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
   * Reads the list, and corrects what other clients have changed at the declared URLs in the meantime. If
   * the list cannot be read, the outcome of the writes is unknown, so all of them count as failed.
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
    // Pending and failed deletions must not be carried out here.
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
          advice: "another client has written to this URL; make a new plan and apply it",
        });
      });
    } catch (error) {
      outcomes.fail(step, error);
    }
  }

  /** Waits until pending writes of other clients can no longer remove what the deletions rely on. */
  async function lookOnceSettled(): Promise<Look> {
    const wait = application.settlesAt() - clock.now();
    if (wait > 0) await clock.sleep(wait, signal);
    return looks.next(signal);
  }

  /** Reads the list until it shows all writes, or has had enough time to. */
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

  /** A deletion that the list does not show counts as failed. */
  function failStale({ late }: Look): void {
    const byId = new Map(deletes.map(({ step }) => [step.current.id, step]));
    for (const item of late) {
      const step = item.kind === "deleted" ? byId.get(item.subscription.id) : undefined;
      if (step) outcomes.fail(step, client.context.requests.staleList({ attempts: [] }, item));
      confirmed.settle(item);
    }
  }
}

/** @throws {InvalidInputError} for an object that `createLinqClient` did not create. */
function readInternals({
  webhookSubscriptions,
}: Pick<LinqClient, "webhookSubscriptions">): Internals {
  const internals = internalsOf(webhookSubscriptions);
  if (internals) return internals;
  throw new InvalidInputError("linq", "the client that `createLinqClient` returned, not a copy");
}

/**
 * Reads the first list.
 *
 * @throws {StalePlanError} when the list differs from the one that the plan was made from.
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
    // The plan replaces the subscriptions that it deletes, also those whose URL has another spelling.
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
