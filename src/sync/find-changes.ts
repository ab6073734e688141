import { findDifferences } from "../subscriptions/read-written.js";
import type { WebhookSubscription } from "../subscriptions/subscription.js";
import type { Entry } from "./desired.js";
import type { Change } from "./sync-plan.js";

/** The fields in which a subscription is not what an entry declares, as far as the API shows them. */
export function findChanges({ input }: Entry, current: WebhookSubscription): Change[] {
  // Of a secret a plan decides by itself.
  const fields = findDifferences(current, { ...input, secret: undefined });
  const shown: Readonly<Partial<Record<keyof typeof input, unknown>>> = current;
  // A pair of values of one field, which the compiler does not follow.
  return fields.map((field) =>
    field === "events"
      ? { field, from: sorted(current.events), to: sorted(input.events) }
      : { field, from: shown[field], to: input[field] },
  ) as Change[];
}

function sorted(events: readonly string[]): string[] {
  return [...new Set(events)].sort();
}
