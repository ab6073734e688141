import { addressOf, sameEvents } from "../subscriptions/identity.js";
import type { WebhookSubscription } from "../subscriptions/subscription.js";
import type { Entry } from "./desired.js";
import type { SyncChange } from "./sync-plan.js";

/** The fields in which a subscription is not what an entry declares, as far as the API shows them. */
export function findChanges(
  { address, input }: Entry,
  { webhook_url, events, active, version }: WebhookSubscription,
): SyncChange[] {
  const changes: SyncChange[] = [];
  if (addressOf(webhook_url) !== address) {
    changes.push({ field: "webhook_url", from: webhook_url, to: input.webhook_url });
  }
  if (!sameEvents(events, input.events)) {
    changes.push({ field: "events", from: sorted(events), to: sorted(input.events) });
  }
  if (active !== input.active) {
    changes.push({ field: "active", from: active, to: input.active });
  }
  if (version !== input.version) {
    changes.push({ field: "version", from: version, to: input.version });
  }
  return changes;
}

function sorted(events: readonly string[]): string[] {
  return [...new Set(events)].sort();
}
