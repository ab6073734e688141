import type { LinqApiError } from "../errors/api-error.js";
import { SubscriptionNotFoundError } from "../errors/subscription-not-found-error.js";
import type { Call } from "../http/call.js";
import type { Context } from "./context.js";
import { patience } from "./pauses.js";

/**
 * The error for a write that was answered 404. Gateways answer so, too; so it is believed only when
 * the list no longer shows the subscription, and until then is an error like others.
 */
export async function explainMissing(
  { requests, clock }: Context,
  call: Call,
  id: number,
  error: LinqApiError,
): Promise<LinqApiError | SubscriptionNotFoundError> {
  for (let nth = 0; ; nth++) {
    const list = await requests.list(call);
    if (!list.some((subscription) => subscription.id === id)) {
      return new SubscriptionNotFoundError(id, { cause: error });
    }
    const pause = patience(nth, clock.random());
    if (pause === undefined) return error;
    await clock.sleep(pause, call.getSignal());
  }
}
