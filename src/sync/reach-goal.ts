import type { Call } from "../subscriptions/internals.js";
import { convergeUrl } from "../subscriptions/converge-url.js";
import { findConflicts } from "../subscriptions/identity.js";
import type { CompleteInput } from "../subscriptions/input.js";
import type { WebhookSubscription } from "../subscriptions/subscription.js";
import type { Written } from "../subscriptions/write-once.js";
import type { Application } from "./application.js";

/**
 * Makes sure, as `ensure` does, that each event of an entry reaches its URL exactly once.
 *
 * @param posted - the outcome of a first POST of the entry.
 * @returns the subscriptions that deliver them.
 */
export async function reachGoal(
  { context, confirmed }: Application,
  call: Call,
  input: CompleteInput,
  posted?: Written,
): Promise<readonly WebhookSubscription[]> {
  const { events, version, secret } = input;
  const { subscriptions } = await convergeUrl(context, call, input, {
    wanted: { events, version },
    signs: secret === undefined ? "none" : "missing",
    confirmed,
    posted,
  });
  return findConflicts(events, subscriptions).existing;
}
