import type { CompleteInput } from "./input.js";
import { mapFields } from "./input-fields.js";
import type { WebhookSubscription } from "./subscription.js";

/**
 * A subscription as an update has to send it that changes none of its fields, since the API replaces
 * the whole. What the API does not show is missing.
 */
export function carryOn(subscription: WebhookSubscription): CompleteInput {
  const shown: Readonly<Partial<Record<keyof CompleteInput, unknown>>> = subscription;
  // The API shows all that has to be there.
  return mapFields((field, { isHidden, stored }) =>
    isHidden ? undefined : stored ? stored(subscription) : (shown[field] ?? undefined),
  ) as CompleteInput;
}
