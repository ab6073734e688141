import { sameEvents } from "../../subscriptions/identity.js";
import { versionOf } from "../../subscriptions/subscription.js";
import type { WebhookSubscription } from "../../index.js";
import { CommandError } from "../command-error.js";
import { nameAll } from "../doctor/check-subscriptions.js";

/**
 * Holds what a later list shows to what there was before.
 *
 * @returns the subscriptions as they are now.
 * @throws {CommandError} when one of them is gone, has no secret, or is different in another way.
 */
export function checkAgain(
  before: readonly WebhookSubscription[],
  list: readonly WebhookSubscription[],
): WebhookSubscription[] {
  return before.map((old) => {
    const now = list.find(({ id }) => id === old.id);
    if (!now) throw changed(old, "is gone", "`linq-webhooks list` shows what there is");
    if (now.secret_configured === false) {
      throw changed(old, "is shown without a secret", "run the same command again");
    }
    const field = findDifference(old, now);
    if (field === undefined) return now;
    throw changed(
      old,
      `has another ${field} than before`,
      `find out who else has changed it: \`linq-webhooks get ${old.id}\``,
    );
  });
}

function findDifference(old: WebhookSubscription, now: WebhookSubscription): string | undefined {
  if (now.webhook_url !== old.webhook_url) return "URL";
  if (!sameEvents(now.events, old.events)) return "choice of events";
  if (now.active !== old.active) return "state (it is switched off)";
  return versionOf(now) === versionOf(old) ? undefined : "version";
}

function changed(old: WebhookSubscription, what: string, advice: string): CommandError {
  return new CommandError(
    "changed_meanwhile",
    `the new secret was written, and after that ${nameAll([old])} ${what}; let the receiver take both secrets still, and ${advice}`,
  );
}
