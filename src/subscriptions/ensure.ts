import type { Call } from "../http/call.js";
import type { Context } from "./context.js";
import { findConflicts } from "./identity.js";
import type { CompleteInput } from "./input.js";
import { convergeUrl } from "./converge-url.js";
import type { WebhookSubscription } from "./subscription.js";

/** What `ensure` did and found. */
export interface EnsureResult {
  /**
   * `created`: a subscription was added. `updated`: existing ones were changed or removed.
   * `unchanged`: nothing was written.
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
): Promise<EnsureResult> {
  const { events } = input;
  const { outcome, subscriptions } = await convergeUrl(context, call, input, {
    wanted: { events, version: input.version },
  });
  return { outcome, subscriptions: findConflicts(events, subscriptions).existing };
}
