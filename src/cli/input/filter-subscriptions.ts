import { findDuplicates, type WebhookSubscription } from "../../index.js";
import { addressOf } from "../../subscriptions/identity.js";
import type { CommandContext, OptionSpecs } from "../command.js";
import { checkEvent } from "./check-event.js";
import { EVENTS_OPTION } from "./connect.js";

/** What can be asked of a list. */
export const FILTER_OPTIONS = {
  url: { type: "string", value: "<text>", summary: "only those whose URL holds this text" },
  event: {
    type: "string",
    multiple: true,
    value: "<name>",
    completes: "events",
    summary: "only those that deliver this event; several times, or separated by commas",
  },
  inactive: { type: "boolean", summary: "only those that deliver nothing" },
  duplicates: { type: "boolean", summary: "only those that deliver an event twice with another" },
  ...EVENTS_OPTION,
} as const satisfies OptionSpecs;

/**
 * Makes the filter that options ask for: all of them must let a subscription through.
 *
 * @throws {CommandError} for an event that is not known.
 */
export function createFilter({
  options,
}: Pick<CommandContext<typeof FILTER_OPTIONS>, "options">): (
  subscriptions: readonly WebhookSubscription[],
) => WebhookSubscription[] {
  const { url, event, inactive, duplicates } = options;
  const names = event.flatMap((list) => list.split(",")).map((name) => name.trim());
  const events = names
    .filter((name) => name !== "")
    .map((name) => checkEvent(name, options["allow-unknown-events"]));
  return (subscriptions) => {
    const groups = duplicates ? findDuplicates(subscriptions) : [];
    const twins = new Set(groups.flatMap((group) => group.subscriptions));
    return subscriptions.filter(
      (subscription) =>
        (url === undefined || hasUrl(subscription, url)) &&
        (events.length === 0 || subscription.events.some((name) => events.includes(name))) &&
        (!inactive || !subscription.active) &&
        (!duplicates || twins.has(subscription)),
    );
  };
}

/** Whether it is the URL, in whatever spelling, or a part of it. */
function hasUrl({ webhook_url }: WebhookSubscription, text: string): boolean {
  return webhook_url.includes(text) || addressOf(webhook_url) === addressOf(text);
}
