import type { WebhookSubscription } from "../../index.js";
import type { CommandContext } from "../command.js";
import type { API_OPTIONS } from "../input/connect.js";
import { checkApi } from "./check-api.js";
import { checkDeliveries } from "./check-deliveries.js";
import { checkEventDelivered } from "./check-event-delivered.js";
import { checkSecrets } from "./check-secrets.js";
import { checkSubscriptions, subscriptionsAt } from "./check-subscriptions.js";
import { examineReceiver } from "./examine-receiver.js";
import { findApi } from "../input/find-api.js";
import type { Finding } from "./finding.js";

/** The question about a URL. */
export interface UrlQuestion {
  readonly url: string;
  /** An event that should arrive at the URL. */
  readonly event: string | undefined;
  /** The secret that the receiver should accept. */
  readonly secret: string | undefined;
  /** How long to wait for the receiver's answer, in ms. */
  readonly timeout: number;
}

/** Checks the account, the subscriptions of a URL, and the receiver at that URL. */
export async function* examineUrl(
  context: CommandContext<typeof API_OPTIONS>,
  question: UrlQuestion,
): AsyncGenerator<Finding> {
  const { url, event } = question;
  const api = findApi(context.io.env);
  const { finding, list } = await checkApi(context, api);
  yield finding;
  const found = subscriptionsAt(url, list ?? []);
  const active = found.filter((subscription) => subscription.active);
  if (list) {
    yield* checkSubscriptions(url, list);
    if (event !== undefined && found.length > 0) yield checkEventDelivered(event, found);
    yield* checkSecrets(active);
    for (const subscription of active) yield checkDeliveries(subscription, context.io.now());
  }
  yield* examineReceiver(context, {
    ...question,
    event: event ?? active[0]?.events[0] ?? "message.received",
    isLocal: api.isLocal,
    isSigned: areSigned(active),
  });
}

/** Whether deliveries are signed; false if any subscription has no secret, undefined if unknown. */
function areSigned(active: readonly WebhookSubscription[]): boolean | undefined {
  if (active.some((subscription) => subscription.secret_configured === false)) return false;
  return active.some((subscription) => subscription.secret_configured) || undefined;
}
