import type { Call } from "../http/call.js";
import type { Context } from "./context.js";
import { convergeUrl } from "./converge-url.js";
import { findConflicts } from "./identity.js";
import type { CompleteInput } from "./input.js";
import type { WebhookSubscription } from "./subscription.js";

/** What `ensure` did and found. */
export interface EnsureResult {
  /**
   * `created`: a subscription was added. `updated`: existing ones were changed or removed.
   * `unchanged`: nothing was written; whether a stored secret is that of the input was not compared,
   * since the API never gives one back.
   */
  readonly outcome: "created" | "updated" | "unchanged";
  /** The active subscriptions that deliver the events asked for, nearly always one; lowest id first. */
  readonly subscriptions: readonly WebhookSubscription[];
}

/** Makes sure that each event of the input reaches its URL exactly once. */
export async function ensure(
  context: Context,
  call: Call,
  input: CompleteInput,
  { rotateSecret, recheckAfter }: { rotateSecret: boolean; recheckAfter: number },
): Promise<EnsureResult> {
  const { events, version, secret } = input;
  const { outcome, subscriptions } = await convergeUrl(context, call, input, {
    wanted: { events, version },
    signs: rotateSecret ? "all" : secret === undefined ? "none" : "missing",
    recheckAfter,
  });
  return { outcome, subscriptions: findConflicts(events, subscriptions).existing };
}
