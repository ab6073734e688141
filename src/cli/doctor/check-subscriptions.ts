import { type DuplicateGroup, findDuplicates, type WebhookSubscription } from "../../index.js";
import { addressOf } from "../../subscriptions/identity.js";
import { createSpellingSearch } from "../../subscriptions/spelling.js";
import { failure, type Finding, ok, warning } from "./finding.js";
import { nearestUrl } from "./nearest-url.js";

/** Finds the subscriptions of a URL, including inactive ones, lowest id first. */
export function subscriptionsAt(
  url: string,
  list: readonly WebhookSubscription[],
): WebhookSubscription[] {
  const address = addressOf(url);
  return list
    .filter(({ webhook_url }) => addressOf(webhook_url) === address)
    .sort((a, b) => a.id - b.id);
}

/** Checks whether each event of the URL is delivered, and only once. */
export function checkSubscriptions(url: string, list: readonly WebhookSubscription[]): Finding[] {
  const found = subscriptionsAt(url, list);
  const active = found.filter((subscription) => subscription.active);
  if (found.length === 0) return [explainNone(url, list)];
  if (active.length === 0) {
    const [first] = found;
    return [
      failure(
        "subscription",
        `${nameAll(found)} ${found.length === 1 ? "is" : "are"} inactive, and no other subscription delivers to this URL`,
        `activate it: \`linq-webhooks update ${first?.id ?? ""} --active\``,
      ),
    ];
  }
  const groups = findDuplicates(active);
  if (groups.length > 0) return groups.map(explainGroup);
  const events = new Set(active.flatMap((subscription) => subscription.events)).size;
  return [
    ok(
      "subscription",
      `${nameAll(active)} deliver${active.length === 1 ? "s" : ""} ${events === 1 ? "1 event" : `${events} events`} to this URL`,
    ),
  ];
}

function explainNone(url: string, list: readonly WebhookSubscription[]): Finding {
  const none = "no subscription has this URL";
  const advice = "`linq-webhooks ensure` adds a subscription";
  const meant = createSpellingSearch(list)(url) ?? findNearest(url, list);
  if (!meant) return failure("subscription", none, advice);
  const { id, webhook_url } = meant;
  return failure(
    "subscription",
    `${none}; the nearest is ${webhook_url} (${id})`,
    `correct --url, or the subscription: \`linq-webhooks update ${id} --url URL\`; otherwise ${advice}`,
  );
}

function findNearest(
  url: string,
  list: readonly WebhookSubscription[],
): WebhookSubscription | undefined {
  const urls = list.map(({ webhook_url }) => webhook_url);
  const nearest = nearestUrl(url, urls);
  return list.find(({ webhook_url }) => webhook_url === nearest);
}

/** The verb for the subscriptions of each kind of group. */
const DO: Readonly<Record<DuplicateGroup["kind"], string>> = {
  identical: "are identical",
  contained: "overlap",
  overlapping: "overlap",
};

function explainGroup({ kind, sharedEvents, subscriptions, redundant }: DuplicateGroup): Finding {
  return warning(
    "subscription",
    `${nameAll(subscriptions)} ${DO[kind]}: ${sharedEvents.join(", ")} ${sharedEvents.length === 1 ? "arrives" : "arrive"} more than once`,
    redundant.length > 0
      ? "`linq-webhooks duplicates` shows the redundant ones, and --remove deletes them"
      : "remove the events from one of them: `linq-webhooks update <id> --event ...`",
  );
}

/** Names all subscriptions, such as `subscriptions 1 and 2`. */
export function nameAll(subscriptions: readonly Pick<WebhookSubscription, "id">[]): string {
  const ids = subscriptions.map(({ id }) => String(id));
  const last = ids.pop() ?? "";
  return ids.length === 0 ? `subscription ${last}` : `subscriptions ${ids.join(", ")} and ${last}`;
}
