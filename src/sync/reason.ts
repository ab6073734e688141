import type { WebhookSubscription } from "../subscriptions/subscription.js";
import type { Entry } from "./desired.js";
import type { Change } from "./sync-plan.js";

/** The name of a subscription in a reason. */
export function nameOf({ id }: WebhookSubscription): string {
  return `webhook subscription ${id}`;
}

/** Why a subscription is updated. */
export function whyUpdate(
  target: WebhookSubscription,
  changes: readonly Change[],
  needsSecret: boolean,
): string {
  const owner =
    target.secret_configured === false
      ? "a deleted duplicate has one"
      : "this subscription may have one";
  const obstacle = needsSecret ? `; the entry must have a secret, since ${owner}` : "";
  return `${nameOf(target)} ${changes.map(describe).join(", ")}${obstacle}`;
}

function describe(change: Change): string {
  if (change.field === "webhook_url") return `moves here from ${change.from}`;
  if (change.field === "events") return "gets different events";
  if (change.field === "active") return change.to ? "is resumed" : "is paused";
  if (change.field === "secret") return "gets its secret";
  return `gets ${change.field} ${JSON.stringify(change.to)}`;
}

/** Why another subscription at the URL of an entry is deleted. */
export function whyDuplicate(
  { input }: Entry,
  duplicate: WebhookSubscription,
  kept: WebhookSubscription,
): string {
  const declared = new Set<string>(input.events);
  const shared = duplicate.events.filter((event) => declared.has(event)).length;
  const relation = !duplicate.active
    ? "is inactive at the URL of"
    : shared === 0
      ? "also delivers to the URL of"
      : shared < duplicate.events.length
        ? "overlaps with"
        : "is a duplicate of";
  return `${nameOf(duplicate)} ${relation} ${nameOf(kept)}`;
}
