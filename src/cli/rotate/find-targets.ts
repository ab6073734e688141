import type { WebhookSubscription } from "../../index.js";
import { activeAt } from "../../subscriptions/identity.js";
import { CommandError } from "../command-error.js";
import { checkSubscriptions } from "../doctor/check-subscriptions.js";

/**
 * Finds the active subscriptions of a URL, lowest id first. There is nearly always only one.
 *
 * @throws {CommandError} when there is none; the message names the nearest URL.
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
