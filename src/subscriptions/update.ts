import { DuplicateSubscriptionError } from "../errors/duplicate-subscription-error.js";
import { SubscriptionNotFoundError } from "../errors/subscription-not-found-error.js";
import type { Call } from "../http/call.js";
import { isInDoubt } from "../http/retry.js";
import type { Context } from "./context.js";
import { confirm, showConflicts } from "./conflict.js";
import { activeAt, addressOf, findConflicts } from "./identity.js";
import { convergeUrl } from "./converge-url.js";
import { asStored, type CompleteInput } from "./input.js";
import type { WebhookSubscription } from "./subscription.js";

/** Changes some fields of a subscription under the guard. */
export async function update(
  context: Context,
  call: Call,
  id: number,
  patch: Partial<CompleteInput>,
  allowDuplicate: boolean,
): Promise<WebhookSubscription> {
  const { requests } = context;
  const list = await requests.list(call);
  const current = list.find((subscription) => subscription.id === id);
  if (!current) throw new SubscriptionNotFoundError(id);
  const { webhook_url, version, active } = current;
  const merged = { webhook_url, version, active, events: asStored(current.events), ...patch };

  const others = activeAt(
    merged.webhook_url,
    list.filter((subscription) => subscription !== current),
  );
  const conflicts = findConflicts(eventsAdded(current, merged), others);
  if (!allowDuplicate && conflicts.existing.length > 0) {
    throw new DuplicateSubscriptionError({
      ...showConflicts(conflicts, call),
      advice: `webhook subscription ${id} was left as it is; leave these events out of it, or pass \`allowDuplicate\``,
    });
  }
  // Another client may have added the same events meanwhile, or taken away some that this write has
  // brought back; the loop sees to it that one gives way. What arrived twice before is left at that.
  const { sharedEvents } = findConflicts(merged.events, others);
  const guarded = merged.events.filter((event) => !sharedEvents.includes(event));
  const isGuarded = !allowDuplicate && merged.active && guarded.length > 0;
  try {
    const written = await requests.put(call, current, merged);
    if (!isGuarded) return written;
  } catch (error) {
    // What may have been written all the same may be a duplicate all the same. Should healing it fail
    // too, the first error is the one that says what happened.
    if (isGuarded && mayBeWritten(call)) {
      await convergeUrl(context, call, merged, { guarded }).catch(() => undefined);
    }
    throw error;
  }
  const { subscriptions } = await convergeUrl(context, call, merged, { guarded });
  const ours = subscriptions.find((subscription) => subscription.id === id);
  return confirm(call, ours, subscriptions, guarded);
}

function mayBeWritten({ attempts, isOver }: Call): boolean {
  const last = attempts.at(-1);
  return !isOver && last !== undefined && (last.status === 200 || isInDoubt(last));
}

/** The events that did not reach this URL through this subscription before, and will. */
function eventsAdded(before: WebhookSubscription, after: CompleteInput): string[] {
  if (!after.active) return [];
  const delivered = before.active && addressOf(before.webhook_url) === addressOf(after.webhook_url);
  return after.events.filter((event) => !delivered || !before.events.includes(event));
}
