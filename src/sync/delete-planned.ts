import { StalePlanError } from "../errors/stale-plan-error.js";
import type { Call } from "../subscriptions/internals.js";
import { factsOf, type WebhookSubscription } from "../subscriptions/subscription.js";
import type { Application } from "./application.js";
import { findChanges } from "./find-changes.js";
import type { Look } from "./looks.js";
import type { PlannedDelete } from "./recipe.js";
import { writeWhileFresh } from "./write-while-fresh.js";

/**
 * Deletes a subscription if it is as the plan found it or delivers less, and if its replacement exists.
 *
 * @throws {StalePlanError} otherwise; nothing has been sent.
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
    // On some servers, a subscription that another client deletes stays in the list as inactive.
    if (target?.active !== step.current.active) return undefined;
    return async (freshUntil) => {
      await context.requests.remove(call, id, freshUntil);
      confirmed.delete(target);
      return target;
    };
  });
}

/** Whether the replacement of the target is as declared. */
function isKept(keeper: PlannedDelete["keeper"], look: Look): boolean {
  if (!keeper) return true;
  const kept = look.find(keeper.id);
  return kept !== undefined && findChanges(keeper.entry, kept).length === 0;
}

/**
 * Whether a target is as the plan found it, or delivers less. By the rule of `ensure`, other clients may
 * have removed events from it that lower ids deliver, or may be deleting it.
 */
function isStillPlanned({ step, facts }: PlannedDelete, target: WebhookSubscription): boolean {
  const { events, active } = step.current;
  const deliversLess =
    target.events.every((event) => events.includes(event)) && (active || !target.active);
  return deliversLess && factsOf({ ...target, events, active }) === facts;
}
