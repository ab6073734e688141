import { findDuplicates, type WebhookSubscription } from "../../index.js";
import { CommandError } from "../command-error.js";
import { checkSubscriptions, nameAll, subscriptionsAt } from "../doctor/check-subscriptions.js";

/**
 * The active subscriptions of a URL, lowest id first: nearly always one. Several are one receiver's as
 * long as they share no event, as where `ensure` has added events.
 *
 * @throws {CommandError} when there is none, or when they are duplicates, of which nobody can tell
 * whose secret is whose.
 */
export function findTargets(
  url: string,
  list: readonly WebhookSubscription[],
): readonly [WebhookSubscription, ...WebhookSubscription[]] {
  const [first, ...rest] = subscriptionsAt(url, list).filter(({ active }) => active);
  if (!first) {
    const [{ message, advice = "" } = { message: "" }] = checkSubscriptions(url, list);
    throw new CommandError("not_found", `${message}, so nothing was changed; ${advice}`);
  }
  if (findDuplicates([first, ...rest]).length > 0) {
    throw new CommandError(
      "duplicate_subscription",
      `${nameAll([first, ...rest])} deliver some event twice, so nothing was changed; clean up first: \`linq-webhooks duplicates --remove\``,
    );
  }
  return [first, ...rest];
}
