import type { WebhookSubscription } from "../../index.js";
import { activeAt } from "../../subscriptions/identity.js";
import { CommandError } from "../command-error.js";
import { checkSubscriptions } from "../doctor/check-subscriptions.js";

/**
 * The active subscriptions of a URL, lowest id first: nearly always one.
 *
 * @throws {CommandError} when there is none; it names the nearest.
 */
export function findTargets(
  url: string,
  list: readonly WebhookSubscription[],
): readonly [WebhookSubscription, ...WebhookSubscription[]] {
  const [first, ...rest] = activeAt(url, list);
  if (first) return [first, ...rest];
  const [{ message, advice = "" } = { message: "" }] = checkSubscriptions(url, list);
  throw new CommandError("not_found", `${message}, so nothing was changed; ${advice}`);
}
