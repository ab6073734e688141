import { findDuplicates, type WebhookSubscription } from "../../index.js";
import { addressOf } from "../../subscriptions/identity.js";
import type { CommandContext, OptionSpecs } from "../command.js";
import { checkEvent } from "./check-event.js";
import { EVENTS_OPTION } from "./connect.js";

/** The options that filter a list. */
export const FILTER_OPTIONS = {
  url: { type: "string", value: "<text>", summary: "only those whose URL contains this text" },
  event: {
    type: "string",
    multiple: true,
    value: "<name>",
    completes: "events",
    summary: "only those that deliver this event; repeat it, or use commas",
  },
  inactive: { type: "boolean", summary: "only inactive ones" },
  duplicates: {
    type: "boolean",
    summary: "only those that deliver an event that another one delivers, too",
  },
  ...EVENTS_OPTION,
} as const satisfies OptionSpecs;

/**
 * Makes a filter from the options. A subscription passes if it matches all of them.
 *
 * @throws {CommandError} for an unknown event.
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
    const members = new Set(groups.flatMap((group) => group.subscriptions));
    return subscriptions.filter(
      (subscription) =>
        (url === undefined || hasUrl(subscription, url)) &&
        (events.length === 0 || subscription.events.some((name) => events.includes(name))) &&
        (!inactive || !subscription.active) &&
        (!duplicates || members.has(subscription)),
    );
  };
}

/** Whether the text is part of the URL, or the same URL in another spelling. */
function hasUrl({ webhook_url }: WebhookSubscription, text: string): boolean {
  return webhook_url.includes(text) || addressOf(webhook_url) === addressOf(text);
}
