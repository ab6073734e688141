import { StalePlanError } from "../errors/stale-plan-error.js";
import type { Call } from "../subscriptions/internals.js";
import type { Application } from "./application.js";
import { findChanges } from "./find-changes.js";
import { factsOf } from "./fingerprint.js";
import type { Look } from "./looks.js";
import type { PlannedDelete } from "./recipe.js";
import { writeWhileFresh } from "./write-while-fresh.js";

/**
 * Deletes a subscription, if it is still as the plan found it, and what stands in for it is there.
 *
 * @throws {StalePlanError} when it is not; nothing has been sent then.
 */
export async function deletePlanned(
  application: Application,
  call: Call,
  deletion: PlannedDelete,
): Promise<void> {
  const { context, confirmed, planned, fingerprintOf } = application;
  const { id } = deletion.step.current;
  await writeWhileFresh(application, call, id, (look) => {
    const target = look.find(id);
    if (!isSafe(deletion, look)) throw new StalePlanError(planned, fingerprintOf(look.list));
    if (!target) return undefined;
    return async (freshUntil) => {
      await context.requests.remove(call, id, freshUntil);
      confirmed.delete(target);
      return target;
    };
  });
}

/** Whether nothing is lost: what stays is as declared, and the target as it was or gone. */
function isSafe({ step, facts, keeper }: PlannedDelete, look: Look): boolean {
  const target = look.find(step.current.id);
  const kept = keeper && look.find(keeper.id);
  const isKept = !keeper || (kept !== undefined && findChanges(keeper.entry, kept).length === 0);
  return isKept && (!target || factsOf(target) === facts);
}
