import type { LinqApiError } from "../errors/api-error.js";
import { SubscriptionNotFoundError } from "../errors/subscription-not-found-error.js";
import type { Call } from "../http/call.js";
import type { Context } from "./context.js";
import { patience } from "./pauses.js";

/**
 * The error for a write that got a 404. Gateways also answer 404, so it means that the subscription does
 * not exist only if the list no longer shows it. Otherwise the 404 itself is the error.
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
