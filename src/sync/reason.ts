import type { WebhookSubscription } from "../subscriptions/subscription.js";
import type { Entry } from "./desired.js";
import type { Change } from "./sync-plan.js";

/** How a reason calls a subscription. */
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
    target.secret_configured === false ? "one that is to go has one" : "this may have one";
  const obstacle = needsSecret ? `; the entry must give a secret, since ${owner}` : "";
  return `${nameOf(target)} ${changes.map(describe).join(", ")}${obstacle}`;
}

function describe(change: Change): string {
  if (change.field === "webhook_url") return `moves here from ${change.from}`;
  if (change.field === "events") return "gets other events";
  if (change.field === "active") return change.to ? "is resumed" : "is paused";
  if (change.field === "secret") return "gets its secret";
  return `gets ${change.field} ${JSON.stringify(change.to)}`;
}

/** Why one at the URL of an entry is deleted. */
export function whyTwin(
  { input }: Entry,
  twin: WebhookSubscription,
  kept: WebhookSubscription,
): string {
  const declared = new Set<string>(input.events);
  const shared = twin.events.filter((event) => declared.has(event)).length;
  const relation = !twin.active
    ? "is an inactive one besides"
    : shared === 0
      ? "also delivers to this URL, besides"
      : shared < twin.events.length
        ? "overlaps with"
        : "is a duplicate of";
  return `${nameOf(twin)} ${relation} ${nameOf(kept)}`;
}
