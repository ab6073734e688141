import type { Call } from "../http/call.js";
import type { Context } from "./context.js";
import { convergeUrl } from "./converge-url.js";
import { type DuplicateGroup, findDuplicates } from "./find-duplicates.js";
import { lockKey, withLock } from "./lock.js";
import type { WebhookSubscription } from "./subscription.js";

/** The result of `removeDuplicates`. */
export interface RemoveDuplicatesResult {
  /** The deleted subscriptions; with `dryRun`, the ones that it would delete. */
  readonly removed: readonly WebhookSubscription[];
  /** The groups in which events still arrive more than once, because no member makes another redundant. */
  readonly remaining: readonly DuplicateGroup[];
}

/** Deletes the redundant subscriptions of each URL, under the lock of the URL. */
export async function removeDuplicates(
  context: Context,
  call: Call,
  dryRun: boolean,
): Promise<RemoveDuplicatesResult> {
  const { requests, lock } = context;
  const list = await requests.list(call);
  const groups = findDuplicates(list);
  const redundant = groups.flatMap((group) => group.redundant);
  if (dryRun) return { removed: redundant, remaining: without(list, redundant) };

  const removed: WebhookSubscription[] = [];
  const concerned = groups.filter((group) => group.redundant.length > 0);
  for (const url of new Set(concerned.map(({ webhook_url }) => webhook_url))) {
    const guarded = groups.flatMap((group) =>
      group.webhook_url === url ? group.sharedEvents : [],
    );
    const { deleted } = await withLock(lock, lockKey(url), call, () =>
      convergeUrl(context, call, { webhook_url: url }, { guarded, onlyDeletes: true }),
    );
    removed.push(...deleted);
  }
  if (removed.length === 0) return { removed, remaining: groups };
  return { removed, remaining: without(await requests.list(call), removed) };
}

/** The groups in a list without some of its subscriptions. */
function without(
  list: readonly WebhookSubscription[],
  gone: readonly WebhookSubscription[],
): DuplicateGroup[] {
  const ids = new Set(gone.map(({ id }) => id));
  return findDuplicates(list.filter(({ id }) => !ids.has(id)));
}
