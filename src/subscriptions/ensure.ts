import type { Call } from "../http/call.js";
import type { Context } from "./context.js";
import { convergeUrl } from "./converge-url.js";
import { findConflicts } from "./identity.js";
import type { CompleteInput } from "./input.js";
import type { WebhookSubscription } from "./subscription.js";

/** The result of `ensure`. */
export interface EnsureResult {
  /**
   * `created`: a subscription was added. `updated`: existing ones were changed or removed.
   * `unchanged`: nothing was written. It does not mean that the stored secret is that of the input, because
   * the API never returns a secret to compare.
   */
  readonly outcome: "created" | "updated" | "unchanged";
  /** The active subscriptions that deliver the events of the input, nearly always one; lowest id first. */
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
