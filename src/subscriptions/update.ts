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

/** How often to write when another client, whose list is older, keeps undoing the write. */
const MAX_WRITES = 3;

type Failure = Exclude<Written, { end: "done" }>;

/** An update, after a look at the list. */
interface Change {
  readonly current: WebhookSubscription;
  readonly merged: CompleteInput;
  /** The events that the update adds to what the subscription delivers to its URL. */
  readonly added: readonly string[];
  /** The events that only this subscription must deliver; none if it may be a duplicate. */
  readonly guarded: readonly string[];
}

/** How to update a subscription. */
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
  // The first list decides which events must not arrive twice. In later lists, the effect of a write in
  // doubt looks as if it had existed before.
  let first: Change | undefined;
  let failed: Failure | undefined;
  /** Throws the error. A write that may have been carried out may have made a duplicate, so the loop runs first. */
  const failWith = async (error: unknown): Promise<never> => {
    if (first?.guarded.length && mayBeWritten(call)) await settle(first).catch(() => undefined);
    throw error;
  };

  for (;;) {
    const change = await prepare().catch(failWith);
    first ??= change;
    // A write in doubt may have been carried out; a list cannot show this for hidden fields.
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

  /** Makes sure that no guarded event arrives twice. */
  function settle(
    { current, merged, added, guarded }: Change,
    written?: WebhookSubscription,
  ): Promise<Converged> {
    const confirmed = createConfirmed();
    if (written) confirmed.update(current, written);
    const { webhook_url } = merged;
    const { secret } = patch;
    const input = secret === undefined ? { webhook_url } : { webhook_url, secret };
    // Until then a write of another client, whose list is older, may remove the added events.
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
        advice: `webhook subscription ${id} was not changed; leave these events out of it, or pass \`allowDuplicate\``,
      });
    }
    // Another client may have added the same events meanwhile, or removed some that this write has
    // restored; the loop then leaves them to one subscription. Events that arrived twice before stay so.
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

/** Whether the API shows all of the fields, so that a list can confirm a write. */
function isShown(patch: Partial<CompleteInput>): boolean {
  return !INPUT_ROWS.some(([field, { isHidden }]) => isHidden && field in patch);
}

function mayBeWritten({ attempts, isOver }: Call): boolean {
  const last = attempts.filter(({ method }) => method === "PUT").at(-1);
  return !isOver() && last !== undefined && (last.status === 200 || isInDoubt(last));
}

/** The events that an update adds to what the subscription delivers to its URL. */
function eventsAdded(before: WebhookSubscription, after: CompleteInput): string[] {
  if (!after.active) return [];
  const delivered = before.active && addressOf(before.webhook_url) === addressOf(after.webhook_url);
  return after.events.filter((event) => !delivered || !before.events.includes(event));
}
