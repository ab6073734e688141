import { DuplicateSubscriptionError } from "../errors/duplicate-subscription-error.js";
import type { Call } from "../http/call.js";
import { findConflicts } from "./identity.js";
import { toShow, type WebhookSubscription } from "./subscription.js";

/**
 * Makes sure that a subscription still delivers the events that the call added.
 *
 * @param ours The subscription as the list shows it at the end of the loop.
 * @throws {DuplicateSubscriptionError} when it had to give up some of them to a lower id.
 */
export function confirm(
  call: Call,
  ours: WebhookSubscription | undefined,
  subscriptions: readonly WebhookSubscription[],
  added: readonly string[],
): WebhookSubscription {
  const lost = added.filter((event) => !ours?.events.includes(event));
  if (ours && lost.length === 0) return ours;
  throw new DuplicateSubscriptionError({
    ...showConflicts(findConflicts(lost, subscriptions), call),
    advice: `another client was first, so this call removed what it had added, and nothing is delivered twice${
      ours ? `; webhook subscription ${ours.id} keeps its other events` : ""
    }`,
  });
}

/** The result of {@link findConflicts}, redacted for an error. */
export function showConflicts(
  { existing, sharedEvents }: ReturnType<typeof findConflicts>,
  { redact }: Call,
): ReturnType<typeof findConflicts> {
  return { existing: toShow(existing, redact), sharedEvents: sharedEvents.map(redact) };
}
