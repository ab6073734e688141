import { DuplicateSubscriptionError } from "../errors/duplicate-subscription-error.js";
import { SubscriptionNotFoundError } from "../errors/subscription-not-found-error.js";
import type { Call } from "../http/call.js";
import { isInDoubt } from "../http/retry.js";
import { carryOn } from "./carry-on.js";
import { confirm, showConflicts } from "./conflict.js";
import { createConfirmed } from "./confirmed.js";
import type { Context } from "./context.js";
import type { Converged } from "./converge.js";
import { convergeUrl } from "./converge-url.js";
import { explainMissing } from "./explain-missing.js";
import { activeAt, addressOf, findConflicts } from "./identity.js";
import type { CompleteInput } from "./input.js";
import { INPUT_ROWS } from "./input-fields.js";
import { MAX_LOOK_AGE, SETTLING_TIME } from "./pauses.js";
import { findDifferences } from "./read-written.js";
import { isMissing } from "./requests.js";
import type { WebhookSubscription } from "./subscription.js";
import { done, writeOnce, type Written } from "./write-once.js";

/** How often it is written again where a write of somebody else, which rests on an older list, undoes it. */
const MAX_WRITES = 3;

type Failure = Exclude<Written, { end: "done" }>;

/** What an update comes to, after a look at the list. */
interface Change {
  readonly current: WebhookSubscription;
  readonly merged: CompleteInput;
  /** The events that did not reach its URL through it before, and will. */
  readonly added: readonly string[];
  /** The events that it alone is to deliver; none where it may be a duplicate. */
  readonly guarded: readonly string[];
}

/** How a subscription is changed. */
interface UpdateSettings {
  readonly allowDuplicate?: boolean;
  /** A list that has just been read. */
  readonly list?: readonly WebhookSubscription[];
}

/** Changes some fields of a subscription under the guard. */
export async function update(
  context: Context,
  call: Call,
  id: number,
  patch: Partial<CompleteInput>,
  { allowDuplicate = false, list: given }: UpdateSettings,
): Promise<WebhookSubscription> {
  let writes = 0;
  let fresh = given;
  // What the first list has shown decides what must not arrive twice: what a write has brought about
  // since, although nobody said so, looks in later ones as if it had been there before.
  let first: Change | undefined;
  let failed: Failure | undefined;
  /** What may have been written all the same may be a duplicate all the same; the first error counts. */
  const failWith = async (error: unknown): Promise<never> => {
    if (first?.guarded.length && mayBeWritten(call)) await settle(first).catch(() => undefined);
    throw error;
  };

  for (;;) {
    const change = await prepare().catch(failWith);
    first ??= change;
    // A write whose end nobody saw may have been carried out; of some fields no list can tell.
    const isWritten =
      failed && isShown(patch) && !findDifferences(change.current, first.merged).length;
    if (failed?.end === "in doubt" && !isWritten) return failWith(failed.error);
    const written: Written = isWritten ? done(change.current) : await put(change).catch(failWith);
    if (written.end !== "done") {
      const { error } = written;
      if (isMissing(error)) throw await explainMissing(context, call, id, error);
      failed = written;
      continue;
    }
    if (first.guarded.length === 0) return written.subscription;
    writes++;
    const { subscriptions } = await settle(first, written.subscription);
    const isDelivered = (event: string): boolean =>
      subscriptions.some(({ events }) => events.includes(event));
    if (!first.added.every(isDelivered) && writes < MAX_WRITES) continue;
    const ours = subscriptions.find((subscription) => subscription.id === id);
    return confirm(call, ours, subscriptions, first.guarded);
  }

  /** Sees to it that nothing that the change guards arrives twice. */
  function settle(
    { current, merged, added, guarded }: Change,
    written?: WebhookSubscription,
  ): Promise<Converged> {
    const confirmed = createConfirmed();
    if (written) confirmed.update(current, written);
    const { webhook_url } = merged;
    const { secret } = patch;
    const input = secret === undefined ? { webhook_url } : { webhook_url, secret };
    // Until then somebody else's write, which rests on an older list, may take away what was added.
    const settlesAt = context.clock.now() + (added.length > 0 ? SETTLING_TIME : 0);
    const wanted = { events: [], version: merged.version };
    const changed = { id, settlesAt };
    return convergeUrl(context, call, input, { wanted, guarded, confirmed, changed });
  }

  async function prepare(): Promise<Change> {
    const list = fresh ?? (await context.requests.list(call));
    fresh = undefined;
    const current = list.find((subscription) => subscription.id === id);
    if (!current) throw new SubscriptionNotFoundError(id);
    const merged = { ...carryOn(current), ...patch };
    const added = eventsAdded(current, merged);
    const others = activeAt(
      merged.webhook_url,
      list.filter((subscription) => subscription !== current),
    );
    const conflicts = findConflicts(added, others);
    if (!allowDuplicate && conflicts.existing.length > 0) {
      throw new DuplicateSubscriptionError({
        ...showConflicts(conflicts, call),
        advice: `webhook subscription ${id} was left as it is; leave these events out of it, or pass \`allowDuplicate\``,
      });
    }
    // Another client may have added the same events meanwhile, or taken away some that this write has
    // brought back; the loop sees to it that one gives way. What arrived twice before is left at that.
    const { sharedEvents } = findConflicts(merged.events, others);
    const isFree = (event: string): boolean => !sharedEvents.includes(event);
    const guarded = merged.active && !allowDuplicate ? merged.events.filter(isFree) : [];
    return { current, merged, added, guarded };
  }

  function put({ current, merged }: Change): Promise<Written> {
    const freshUntil = context.clock.now() + MAX_LOOK_AGE;
    return writeOnce(call, async () =>
      done(await context.requests.put(call, current, merged, freshUntil)),
    );
  }
}

/** Whether the API shows all of the fields, so that a list can tell whether they were written. */
function isShown(patch: Partial<CompleteInput>): boolean {
  return !INPUT_ROWS.some(([field, { isHidden }]) => isHidden && field in patch);
}

function mayBeWritten({ attempts, isOver }: Call): boolean {
  const last = attempts.filter(({ method }) => method === "PUT").at(-1);
  return !isOver() && last !== undefined && (last.status === 200 || isInDoubt(last));
}

/** The events that did not reach this URL through this subscription before, and will. */
function eventsAdded(before: WebhookSubscription, after: CompleteInput): string[] {
  if (!after.active) return [];
  const delivered = before.active && addressOf(before.webhook_url) === addressOf(after.webhook_url);
  return after.events.filter((event) => !delivered || !before.events.includes(event));
}
