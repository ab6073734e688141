import { DuplicateSubscriptionError } from "../errors/duplicate-subscription-error.js";
import type { Call } from "../http/call.js";
import { confirm, showConflicts } from "./conflict.js";
import type { Context } from "./context.js";
import { convergeUrl } from "./converge-url.js";
import { activeAt, findConflicts } from "./identity.js";
import type { CompleteInput } from "./input.js";
import type { WebhookSubscription } from "./subscription.js";

/** Creates a subscription, unless a subscription in the list already delivers some of its events. */
export async function create(
  context: Context,
  call: Call,
  input: CompleteInput,
  recheckAfter: number,
): Promise<WebhookSubscription> {
  const list = await context.requests.list(call);
  const conflicts = findConflicts(input.events, activeAt(input.webhook_url, list));
  if (conflicts.existing.length > 0) {
    throw new DuplicateSubscriptionError({
      ...showConflicts(conflicts, call),
      advice: "nothing was created; use `ensure` to add only what is missing, or `allowDuplicate`",
    });
  }
  const wanted = { events: input.events, version: undefined };
  const { subscriptions, created, wasInDoubt } = await convergeUrl(context, call, input, {
    wanted,
    list,
    recheckAfter,
  });
  const known = new Set(list.map(({ id }) => id));
  // After a POST in doubt the id is unknown, but the subscription is new in the list.
  const ours = subscriptions.find(({ id, events }) =>
    wasInDoubt ? !known.has(id) && events.includes(input.events[0] ?? "") : created.has(id),
  );
  return confirm(call, ours, subscriptions, input.events);
}
