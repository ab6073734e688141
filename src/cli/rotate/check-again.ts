import { sameEvents } from "../../subscriptions/identity.js";
import { versionOf } from "../../subscriptions/subscription.js";
import type { WebhookSubscription } from "../../index.js";
import { CommandError } from "../command-error.js";
import { nameAll } from "../doctor/check-subscriptions.js";

/**
 * Compares a later list with the subscriptions after the change.
 *
 * @returns the subscriptions from the later list.
 * @throws {CommandError} when one of them no longer exists, has no secret, or has changed otherwise.
 */
export function checkAgain(
  before: readonly WebhookSubscription[],
  list: readonly WebhookSubscription[],
): WebhookSubscription[] {
  return before.map((old) => {
    const now = list.find(({ id }) => id === old.id);
    if (!now)
      throw changed(
        old,
        "was deleted",
        "run `linq-webhooks list` to see the current subscriptions",
      );
    if (now.secret_configured === false) {
      throw changed(old, "had no secret", "run the same command again");
    }
    const field = findDifference(old, now);
    if (field === undefined) return now;
    throw changed(
      old,
      `had a different ${field}`,
      `find out who else has changed it: \`linq-webhooks get ${old.id}\``,
    );
  });
}

function findDifference(old: WebhookSubscription, now: WebhookSubscription): string | undefined {
  if (now.webhook_url !== old.webhook_url) return "URL";
  if (!sameEvents(now.events, old.events)) return "list of events";
  if (now.active !== old.active) return "state (it is inactive)";
  return versionOf(now) === versionOf(old) ? undefined : "version";
}

function changed(old: WebhookSubscription, what: string, advice: string): CommandError {
  return new CommandError(
    "changed_meanwhile",
    `the new secret was written, but afterwards ${nameAll([old])} ${what}; keep both secrets in the receiver, and ${advice}`,
  );
}
