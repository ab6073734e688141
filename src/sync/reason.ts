import type { WebhookSubscription } from "../subscriptions/subscription.js";
import type { Entry } from "./desired.js";
import type { SyncChange } from "./sync-step.js";

/** Why a subscription is updated. */
export function whyUpdate(
  id: number,
  changes: readonly SyncChange[],
  needsSecret: boolean,
): string {
  const list = changes.map(describe).join(", ");
  const obstacle = needsSecret
    ? "; it may have a secret, which an update without one might clear, so the entry must give one"
    : "";
  return `webhook subscription ${id} ${list}${obstacle}`;
}

function describe(change: SyncChange): string {
  switch (change.field) {
    case "webhook_url":
      return `moves here from ${change.from}`;
    case "active":
      return change.to ? "is resumed" : "is paused";
    case "events":
      return "gets other events";
    case "version":
      return `gets version ${change.to}`;
    case "secret":
      return "gets its secret";
  }
}

/** Why one at the URL of an entry is deleted. */
export function whyTwin(
  { input }: Entry,
  { id, active, events }: WebhookSubscription,
  keptId: number,
): string {
  const subject = `webhook subscription ${id}`;
  const kept = `webhook subscription ${keptId}`;
  if (!active) return `${subject} is inactive, and ${kept} is the one declared`;
  const declared = new Set<string>(input.events);
  const shared = events.filter((event) => declared.has(event)).length;
  if (shared === 0) return `${subject} also delivers to this URL, besides ${kept}`;
  return `${subject} ${shared === events.length ? "is a duplicate of" : "overlaps with"} ${kept}`;
}

/** Why one at a URL that an entry takes over is deleted. */
export function whyReplaced(id: number, keptId: number): string {
  return `webhook subscription ${id} is replaced by webhook subscription ${keptId}`;
}

/** Why one is deleted that nobody has declared. */
export function whyPruned(id: number): string {
  return `webhook subscription ${id} is in the scope, and no entry declares it`;
}
