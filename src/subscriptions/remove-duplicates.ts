import { SubscriptionNotFoundError } from "../errors/subscription-not-found-error.js";
import type { Call } from "../http/call.js";
import type { Context } from "./context.js";
import { type DuplicateGroup, findDuplicates } from "./find-duplicates.js";
import { lockKey, withLock } from "./lock.js";
import type { WebhookSubscription } from "./subscription.js";

/** What `removeDuplicates` did and left. */
export interface RemoveDuplicatesResult {
  /** The subscriptions that were deleted; with `dryRun`, that would be. */
  readonly removed: readonly WebhookSubscription[];
  /** The groups in which events still arrive more than once, since no member makes another redundant. */
  readonly remaining: readonly DuplicateGroup[];
}

/** Deletes what another subscription makes redundant, each URL under its own lock. */
export async function removeDuplicates(
  { requests, lock }: Context,
  call: Call,
  dryRun: boolean,
): Promise<RemoveDuplicatesResult> {
  const list = await requests.list(call);
  const groups = findDuplicates(list);
  if (dryRun) {
    const redundant = groups.flatMap((group) => group.redundant);
    const others = list.filter((subscription) => !redundant.includes(subscription));
    return { removed: redundant, remaining: findDuplicates(others) };
  }
  const removed: WebhookSubscription[] = [];
  const tried = new Set<number>();
  for (const url of new Set(groups.map(({ webhook_url }) => webhook_url))) {
    await withLock(lock, lockKey(url), call, () => removeAt(url));
  }
  const remaining = removed.length === 0 ? groups : findDuplicates(await requests.list(call));
  return { removed, remaining };

  async function removeAt(url: string): Promise<void> {
    for (;;) {
      // Looking again before each deletion keeps what has changed meanwhile from being lost.
      const found = findDuplicates(await requests.list(call));
      const redundant = found.flatMap((group) =>
        group.webhook_url === url ? group.redundant : [],
      );
      const next = redundant.find(({ id }) => !tried.has(id));
      if (!next) return;
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
}
