import { StalePlanError } from "../../errors/stale-plan-error.js";
import { applySync, planSync } from "../../sync/index.js";
import { activeAt } from "../../subscriptions/identity.js";
import type { CommandClient } from "../input/connect.js";
import type { ListenerUrl } from "./listener-url.js";

/** What happens to the subscription when the listener ends. */
export type Ending = "leave" | "pause" | "delete";

/** The subscription of a listener. */
export interface HeldSubscription extends ListenerUrl {
  readonly events: readonly string[];
  /** Signs the deliveries. It is written at every start, because the API never returns it to compare. */
  readonly secret: string;
}

/** How often to plan again after somebody else has changed the subscriptions. */
const MAX_PLANS = 5;

/**
 * Makes sure that the listener has exactly one subscription. It moves the subscription of the previous
 * address here, and deletes others that earlier starts have left behind.
 *
 * @returns its id; undefined if the list does not show it yet.
 */
export async function holdSubscription(
  linq: CommandClient,
  { webhookUrl, replaces, events, secret }: HeldSubscription,
  signal: AbortSignal,
): Promise<number | undefined> {
  const desired = [{ webhook_url: webhookUrl, events, secret, replaces }];
  for (let count = 1; ; count++) {
    const actual = await linq.webhookSubscriptions.list({ signal });
    const options = { rotateSecrets: true, allowUnknownEvents: true } as const;
    try {
      const { failed } = await applySync(linq, planSync(desired, actual, options), { signal });
      const [failure] = failed;
      if (failure) throw failure.error;
      signal.throwIfAborted();
      break;
    } catch (error) {
      if (!(error instanceof StalePlanError) || count === MAX_PLANS) throw error;
    }
  }
  const [held] = activeAt(webhookUrl, await linq.webhookSubscriptions.list({ signal }));
  return held?.id;
}

/**
 * Pauses or deletes the subscription at the end.
 *
 * @param timeout - how long it may take, in ms; the user is waiting for the prompt.
 * @returns the ids of the subscriptions that were paused or deleted.
 */
export async function endSubscription(
  linq: CommandClient,
  { webhookUrl, secret }: Pick<HeldSubscription, "webhookUrl" | "secret">,
  ending: Exclude<Ending, "leave">,
  timeout: number,
): Promise<number[]> {
  const limits = { totalTimeout: timeout };
  const { webhookSubscriptions } = linq;
  const held = activeAt(webhookUrl, await webhookSubscriptions.list(limits));
  for (const { id } of held) {
    if (ending === "delete")
      await webhookSubscriptions.delete(id, { ignoreMissing: true, ...limits });
    else await webhookSubscriptions.update(id, { active: false, secret }, limits);
  }
  return held.map(({ id }) => id);
}
