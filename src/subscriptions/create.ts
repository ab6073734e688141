import { DuplicateSubscriptionError } from "../errors/duplicate-subscription-error.js";
import type { Call } from "../http/call.js";
import type { Context } from "./context.js";
import { activeAt, findConflicts } from "./identity.js";
import type { CompleteInput } from "./input.js";
import { settle } from "./settle.js";
import { toShow, type WebhookSubscription } from "./subscription.js";

/** Creates a subscription, unless one in the list already delivers some of its events. */
export async function create(
  context: Context,
  call: Call,
  input: CompleteInput,
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
  const { subscriptions, created, wasInDoubt } = await settle(context, call, input, {
    wanted,
    list,
  });
  const known = new Set(list.map(({ id }) => id));
  // What was created in doubt has an id that nobody has told, but it was not there before.
  const ours = subscriptions.find(({ id, events }) =>
    wasInDoubt ? !known.has(id) && events.includes(input.events[0] ?? "") : created.includes(id),
  );
  return confirm(call, ours, subscriptions, input.events);
}

/**
 * Makes sure that a subscription still delivers the events that it was to add.
 *
 * @param ours The subscription as the list shows it after the loop has come to rest.
 * @throws {DuplicateSubscriptionError} when it had to give some of them up to a lower id.
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
    advice: `another client was first, so what this call wrote has given way, and nothing is delivered twice${
      ours ? `; webhook subscription ${ours.id} stays with the rest of its events` : ""
    }`,
  });
}

/** What {@link findConflicts} has found, fit for an error. */
export function showConflicts(
  { existing, sharedEvents }: ReturnType<typeof findConflicts>,
  { redact }: Call,
): ReturnType<typeof findConflicts> {
  return { existing: toShow(existing, redact), sharedEvents: sharedEvents.map(redact) };
}
