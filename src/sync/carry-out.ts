import { InvalidInputError } from "../errors/invalid-input-error.js";
import type { WebhookSubscriptions } from "../subscriptions/webhook-subscriptions.js";
import type { PlannedWrite } from "./recipe.js";

/**
 * Creates or updates a subscription.
 *
 * @throws {InvalidInputError} for an update that needs a secret; nothing has been sent then.
 */
export async function carryOut(
  { create, update }: WebhookSubscriptions,
  { step, entry }: PlannedWrite,
): Promise<void> {
  if (step.action === "create") {
    await create(entry.input);
    return;
  }
  const { id } = step.current;
  if (step.needsSecret) {
    throw new InvalidInputError(
      `${entry.name}.secret`,
      `given, since webhook subscription ${id} may have one that an update without it might clear; any new one will do`,
    );
  }
  // The spelling of a URL that is the same one stays.
  const moves = step.changes.some(({ field }) => field === "webhook_url");
  // What it will overlap with until the deletions is part of the plan.
  const { webhook_url, ...settings } = entry.input;
  const patch = moves ? { ...settings, webhook_url } : settings;
  await update(id, patch, { allowDuplicate: true });
}
