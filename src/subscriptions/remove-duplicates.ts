import { SubscriptionNotFoundError } from "../errors/subscription-not-found-error.js";
import type { Call } from "../http/call.js";
import { type DuplicateGroup, findDuplicates } from "./find-duplicates.js";
import type { Requests } from "./requests.js";
import type { WebhookSubscription } from "./subscription.js";

/** What `removeDuplicates` did and left. */
export interface RemoveDuplicatesResult {
  /** The subscriptions that were deleted; with `dryRun`, that would be. */
  readonly removed: readonly WebhookSubscription[];
  /** The groups in which events still arrive more than once, since no member makes another redundant. */
  readonly remaining: readonly DuplicateGroup[];
}

/** Deletes what another subscription makes redundant. */
export async function removeDuplicates(
  requests: Requests,
  call: Call,
  dryRun: boolean,
): Promise<RemoveDuplicatesResult> {
  const removed: WebhookSubscription[] = [];
  const tried = new Set<number>();
  for (;;) {
    // Looking again before each deletion keeps what has changed meanwhile from being lost.
    const list = await requests.list(call);
    const groups = findDuplicates(list);
    const redundant = groups.flatMap((group) => group.redundant);
    const next = redundant.find(({ id }) => !tried.has(id));
    if (dryRun) {
      const others = list.filter((subscription) => !redundant.includes(subscription));
      return { removed: redundant, remaining: findDuplicates(others) };
    }
    if (!next) return { removed, remaining: groups };
    tried.add(next.id);
    try {
      await requests.remove(call, next.id);
      removed.push(next);
    } catch (error) {
      // Somebody else was faster.
      if (!(error instanceof SubscriptionNotFoundError)) throw error;
    }
  }
}
