import type { WebhookSubscription } from "../../index.js";
import { addressOf } from "../../subscriptions/identity.js";
import type { CommandContext } from "../command.js";
import type { API_OPTIONS } from "../input/connect.js";
import { checkApi } from "./check-api.js";
import { checkDeliveries } from "./check-deliveries.js";
import { checkEventDelivered } from "./check-event-delivered.js";
import { checkSecrets } from "./check-secrets.js";
import { checkSubscriptions } from "./check-subscriptions.js";
import { findApi } from "../input/find-api.js";
import { failure, type Finding, type LocatedFinding } from "./finding.js";

/** Checks all URLs of the account, without sending anything to a receiver. */
export async function* examineAccount(
  context: CommandContext<typeof API_OPTIONS>,
  event: string | undefined,
): AsyncGenerator<LocatedFinding> {
  const { finding, list } = await checkApi(context, findApi(context.io.env));
  yield finding;
  if (!list) return;
  if (list.length === 0) {
    yield failure(
      "subscription",
      "the account has no subscriptions, so Linq delivers nothing",
      "`linq-webhooks ensure` adds a subscription",
    );
    return;
  }
  if (event !== undefined) yield checkEventDelivered(event, list);
  const now = context.io.now();
  for (const subscriptions of groupByAddress(list)) {
    const [{ webhook_url } = { webhook_url: "" }] = subscriptions;
    for (const each of examineUrl(webhook_url, subscriptions, now)) yield { ...each, webhook_url };
  }
}

function groupByAddress(list: readonly WebhookSubscription[]): WebhookSubscription[][] {
  const groups = new Map<string, WebhookSubscription[]>();
  for (const subscription of list) {
    const address = addressOf(subscription.webhook_url);
    const group = groups.get(address);
    if (group) group.push(subscription);
    else groups.set(address, [subscription]);
  }
  return [...groups.values()];
}

function examineUrl(
  url: string,
  subscriptions: readonly WebhookSubscription[],
  now: number,
): Finding[] {
  const active = subscriptions.filter((subscription) => subscription.active);
  const found = checkSubscriptions(url, subscriptions);
  // The user may have paused it on purpose, and has not asked about this URL.
  if (active.length === 0) return found.map((each) => ({ ...each, outcome: "warning" }));
  return [
    ...found,
    ...checkSecrets(active),
    ...active.map((subscription) => checkDeliveries(subscription, now)),
  ];
}
