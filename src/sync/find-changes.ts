import { findDifferences } from "../subscriptions/read-written.js";
import type { WebhookSubscription } from "../subscriptions/subscription.js";
import type { Entry } from "./desired.js";
import type { Change } from "./sync-plan.js";

/** The fields in which a subscription differs from its entry, as far as the API shows them. */
export function findChanges({ input }: Entry, current: WebhookSubscription): Change[] {
  // The plan decides about the secret separately.
  const fields = findDifferences(current, { ...input, secret: undefined });
  const shown: Readonly<Partial<Record<keyof typeof input, unknown>>> = current;
  // `from` and `to` are values of the same field, which the compiler cannot check.
  return fields.map((field) =>
    field === "events"
      ? { field, from: sorted(current.events), to: sorted(input.events) }
      : { field, from: shown[field], to: input[field] },
  ) as Change[];
}

function sorted(events: readonly string[]): string[] {
  return [...new Set(events)].sort();
}
