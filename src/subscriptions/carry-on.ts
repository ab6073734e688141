import type { CompleteInput } from "./input.js";
import { mapFields } from "./input-fields.js";
import { versionOf, type WebhookSubscription } from "./subscription.js";

/**
 * A subscription as an update has to send it that changes none of its fields, since the API replaces
 * the whole. What the API does not show is missing.
 */
export function carryOn(subscription: WebhookSubscription): CompleteInput {
  const shown: Readonly<Partial<Record<keyof CompleteInput, unknown>>> = subscription;
  const fields = mapFields((field, { isHidden }) =>
    // With null a subscription says that it has none.
    isHidden ? undefined : (shown[field] ?? undefined),
  );
  // The API shows all that has to be there.
  return { ...fields, version: versionOf(subscription) } as CompleteInput;
}
