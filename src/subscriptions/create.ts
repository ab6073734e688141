import { DuplicateSubscriptionError } from "../errors/duplicate-subscription-error.js";
import type { Call } from "../http/call.js";
import { redactData } from "../http/redact.js";
import type { Context } from "./context.js";
import { activeAt, findConflicts } from "./identity.js";
import type { CompleteInput } from "./input.js";
import { settle } from "./settle.js";
import type { WebhookSubscription } from "./subscription.js";

/** Creates a subscription, unless one in the list already delivers some of its events. */
export async function create(
  context: Context,
  call: Call,
  input: CompleteInput,
  allowDuplicate: boolean,
): Promise<WebhookSubscription> {
  const { requests } = context;
  // One that is not active delivers nothing, so it duplicates nothing.
  if (allowDuplicate || !input.active) return requests.post(call, input);
  const conflicts = findConflicts(
    input.events,
    activeAt(input.webhook_url, await requests.list(call)),
  );
  if (conflicts.existing.length > 0) {
    throw new DuplicateSubscriptionError({
      ...redactData(conflicts, call.redact),
      advice: "nothing was created; use `ensure` to add only what is missing, or `allowDuplicate`",
    });
  }
  const created = await requests.post(call, input);
  return holdGround(context, call, created.id, input, input.events);
}

/**
 * Looks again after a write that added events, and heals what a race has doubled.
 *
 * @returns The subscription as the list shows it, if it still delivers all the events that it added.
 * @throws {DuplicateSubscriptionError} when it had to give some of them up to a lower id.
 */
export async function holdGround(
  context: Context,
  call: Call,
  id: number,
  input: CompleteInput,
  added: readonly string[],
): Promise<WebhookSubscription> {
  const { subscriptions } = await settle(context, call, input, { wanted: [], guarded: added });
  const ours = subscriptions.find((subscription) => subscription.id === id);
  const lost = added.filter((event) => !ours?.events.includes(event));
  if (ours && lost.length === 0) return ours;
  const winners = findConflicts(lost, subscriptions);
  throw new DuplicateSubscriptionError({
    ...redactData(winners, call.redact),
    advice: `another client was first, so webhook subscription ${id} has given up what they share, and nothing is delivered twice`,
  });
}
