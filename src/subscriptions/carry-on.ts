import type { CompleteInput } from "./input.js";
import { mapFields } from "./input-fields.js";
import { versionOf, type WebhookSubscription } from "./subscription.js";

/**
 * The body of an update that changes nothing, because an update replaces the whole subscription. It lacks
 * the fields that the API does not show.
 */
export function carryOn(subscription: WebhookSubscription): CompleteInput {
  const shown: Readonly<Partial<Record<keyof CompleteInput, unknown>>> = subscription;
  const fields = mapFields((field, { isHidden }) =>
    // Null in a subscription means that the field is not set.
    isHidden ? undefined : (shown[field] ?? undefined),
  );
  // The API shows all required fields.
  return { ...fields, version: versionOf(subscription) } as CompleteInput;
}
