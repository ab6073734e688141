import { StalePlanError } from "../errors/stale-plan-error.js";
import type { Call } from "../subscriptions/internals.js";
import { factsOf, type WebhookSubscription } from "../subscriptions/subscription.js";
import type { Application } from "./application.js";
import { findChanges } from "./find-changes.js";
import type { Look } from "./looks.js";
import type { PlannedDelete } from "./recipe.js";
import { writeWhileFresh } from "./write-while-fresh.js";

/**
 * Deletes a subscription, if it is as the plan found it or delivers less, and what stands in for it is there.
 *
 * @throws {StalePlanError} when it is not; nothing has been sent then.
 */
export async function deletePlanned(
  application: Application,
  call: Call,
  deletion: PlannedDelete,
): Promise<void> {
  const { context, confirmed, planned, fingerprintOf } = application;
  const { step, keeper } = deletion;
  const { id } = step.current;
  await writeWhileFresh(application, call, id, (look) => {
    const target = look.find(id);
    const isPlanned = target === undefined || isStillPlanned(deletion, target);
    if (!isPlanned || !isKept(keeper, look)) {
      throw new StalePlanError(planned, fingerprintOf(look.list));
    }
    // On some servers what others have deleted stays as inactive.
    if (target?.active !== step.current.active) return undefined;
    return async (freshUntil) => {
      await context.requests.remove(call, id, freshUntil);
      confirmed.delete(target);
      return target;
    };
  });
}

/** Whether what stands in for the target is as declared. */
function isKept(keeper: PlannedDelete["keeper"], look: Look): boolean {
  if (!keeper) return true;
  const kept = look.find(keeper.id);
  return kept !== undefined && findChanges(keeper.entry, kept).length === 0;
}

/**
 * Whether a target is as the plan found it, or delivers less: others, who go by the rule of `ensure`,
 * may have taken events off it that lower ids deliver, or have begun to delete it.
 */
function isStillPlanned({ step, facts }: PlannedDelete, target: WebhookSubscription): boolean {
  const { events, active } = step.current;
  const deliversLess =
    target.events.every((event) => events.includes(event)) && (active || !target.active);
  return deliversLess && factsOf({ ...target, events, active }) === facts;
}
