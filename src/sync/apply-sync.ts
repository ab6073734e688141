import type { LinqClient } from "../client.js";
import { StalePlanError } from "../errors/stale-plan-error.js";
import type { WebhookSubscription } from "../subscriptions/subscription.js";
import { type ApplyOptions, checkApplyOptions } from "./apply-options.js";
import { carryOut } from "./carry-out.js";
import { factsOf } from "./fingerprint.js";
import { findChanges } from "./find-changes.js";
import { type PlannedDelete, recipeOf } from "./recipe.js";
import { runSteps } from "./run-steps.js";
import type { SyncPlan, SyncWrite } from "./sync-plan.js";

/** What became of the steps of a plan, without those that keep. */
export interface SyncResult {
  /** What was carried out, in the order in which it ended. */
  readonly done: readonly SyncWrite[];
  /** What was tried, or refused since things had changed, and the error. */
  readonly failed: readonly { readonly step: SyncWrite; readonly error: unknown }[];
  /** What was not started: deletions after a failed write, or the rest after an abort. */
  readonly pending: readonly SyncWrite[];
}

/**
 * Carries a plan out: creates and updates first, then, only if all of them have succeeded, deletes.
 * So nothing is lost whatever fails, and between a write and a deletion some events may arrive twice.
 * A step that fails stops no other of its kind. Whatever was done, the next plan holds the rest.
 *
 * It reads the list before it writes, and again before it deletes: what has changed since the plan is
 * not deleted, nor what would leave an event of its entry undelivered.
 *
 * @throws {InvalidInputError} when the plan is not the object that `planSync` returned, or an option
 * is not usable.
 * @throws {StalePlanError} when what the plan is about has changed since; nothing was written then.
 * @throws {LinqError} when the first list cannot be had. Errors of steps are in the result.
 *
 * @example
 * ```ts
 * import { createLinqClient } from "linq-webhooks";
 * import { applySync, planSync } from "linq-webhooks/sync";
 * import { createSandbox } from "linq-webhooks/sandbox";
 *
 * const linq = createLinqClient({ token: "any", fetch: createSandbox().fetch });
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
): Promise<SyncResult> {
  const { fingerprint, fingerprintOf, writes, deletes } = recipeOf(plan);
  const { concurrency, onProgress, signal } = checkApplyOptions(options);
  const { webhookSubscriptions } = linq;
  const done: SyncWrite[] = [];
  const failed: { step: SyncWrite; error: unknown }[] = [];
  const total = writes.length + deletes.length;

  const found = fingerprintOf(await webhookSubscriptions.list({ signal }));
  if (found !== fingerprint) throw new StalePlanError(fingerprint, found);

  const notWritten = await runSteps(writes, { concurrency, signal }, (write) =>
    attempt(write.step, () => carryOut(webhookSubscriptions, write)),
  );
  const isWritten = notWritten.length === 0 && failed.length === 0;
  const notDeleted = isWritten ? await deleteAll() : deletes;
  return { done, failed, pending: [...notWritten, ...notDeleted].map(({ step }) => step) };

  async function deleteAll(): Promise<readonly PlannedDelete[]> {
    if (deletes.length === 0) return deletes;
    let check: (planned: PlannedDelete) => void;
    try {
      check = createCheck(await webhookSubscriptions.list({ signal }));
    } catch (error) {
      // Each deletion fails for want of a list, and says so.
      check = () => {
        throw error;
      };
    }
    return runSteps(deletes, { concurrency, signal }, (planned) =>
      attempt(planned.step, () => {
        check(planned);
        return webhookSubscriptions.delete(planned.step.current.id, { ignoreMissing: true });
      }),
    );
  }

  /** Makes a check that lets a deletion pass only if it loses nothing. */
  function createCheck(list: readonly WebhookSubscription[]): (planned: PlannedDelete) => void {
    const byId = new Map(list.map((subscription) => [subscription.id, subscription]));
    return ({ step, facts, keeper }) => {
      const target = byId.get(step.current.id);
      const kept = keeper && byId.get(keeper.id);
      const isKept = !keeper || (kept && findChanges(keeper.entry, kept).length === 0);
      if (isKept && (!target || factsOf(target) === facts)) return;
      throw new StalePlanError(fingerprint, fingerprintOf(list));
    };
  }

  async function attempt(step: SyncWrite, action: () => Promise<void>): Promise<void> {
    let status: "done" | "failed" = "done";
    try {
      await action();
      done.push(step);
    } catch (error) {
      status = "failed";
      failed.push({ step, error });
    }
    try {
      const completed = done.length + failed.length;
      const told: unknown = onProgress?.({ step, status, completed, total });
      if (told instanceof Promise) told.catch(() => undefined);
    } catch {
      // A mistake of an observer must not change what it observes.
    }
  }
}
