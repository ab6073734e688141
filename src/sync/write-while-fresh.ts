import type { LinqError } from "../errors/linq-error.js";
import { SubscriptionNotFoundError } from "../errors/subscription-not-found-error.js";
import { explainMissing } from "../subscriptions/explain-missing.js";
import type { Call } from "../subscriptions/internals.js";
import { isMissing } from "../subscriptions/requests.js";
import type { WebhookSubscription } from "../subscriptions/subscription.js";
import { done, writeOnce } from "../subscriptions/write-once.js";
import type { Application } from "./application.js";
import type { Look } from "./looks.js";

/** A write to a subscription, which must be sent before `freshUntil`, in ms of the clock. */
export type FreshWrite = (freshUntil: number) => Promise<WebhookSubscription>;

/**
 * Writes to a subscription based on a fresh list. If the write fails, the next list shows whether there
 * is anything left to do.
 *
 * @param prepare - returns the write that a list requires, or undefined if there is nothing to do.
 * @returns whether it has written.
 */
export async function writeWhileFresh(
  { context, looks }: Application,
  call: Call,
  id: number,
  prepare: (look: Look) => FreshWrite | undefined,
): Promise<boolean> {
  let failed: LinqError | undefined;
  for (;;) {
    const look = await looks.fresh();
    const write = prepare(look);
    if (!write) return false;
    if (failed) throw failed;

    const written = await writeOnce(call, async () => done(await write(look.freshUntil)));
    if (written.end === "done") return true;
    const { error } = written;
    if (isMissing(error)) {
      const explained = await explainMissing(context, call, id, error);
      if (!(explained instanceof SubscriptionNotFoundError)) throw explained;
    } else if (written.end !== "postponed") {
      failed = error;
    }
    looks.expire();
  }
}
