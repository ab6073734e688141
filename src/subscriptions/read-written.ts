import type { InvalidResponseError } from "../errors/invalid-response-error.js";
import type { Answer } from "../http/answer.js";
import { asRecord } from "../http/json.js";
import { addressOf, sameEvents } from "./identity.js";
import type { CompleteInput } from "./input.js";
import { readSubscription, type WebhookSubscription } from "./subscription.js";

/** What a write has left on the server. */
export interface Written {
  readonly subscription: WebhookSubscription;
  /** The error for a server that has stored something else than was sent; undefined if it has not. */
  readonly mismatch: InvalidResponseError | undefined;
}

/**
 * Reads the answer to a write and holds it against what was sent: what somebody else, or the server,
 * has changed on the way would otherwise go unseen, or be written again and again.
 *
 * @param id The id of the subscription, where it had one before.
 * @throws {InvalidResponseError} when the answer is no subscription.
 */
export function readWritten(answer: Answer, sent: CompleteInput, id?: number): Written {
  const { webhook_subscription } = asRecord(answer.body);
  const subscription = readSubscription(webhook_subscription, (field, expected) =>
    answer.invalid(`webhook_subscription${field}`, expected),
  );
  const different =
    id === undefined || subscription.id === id ? findDifference(subscription, sent) : "id";
  if (different === undefined) return { subscription, mismatch: undefined };
  const mismatch = answer.invalid(`webhook_subscription.${different}`, "what was sent");
  return { subscription, mismatch };
}

/** The first field in which a subscription differs from what was sent, as far as it can be seen. */
export function findDifference(
  subscription: WebhookSubscription,
  sent: CompleteInput,
): string | undefined {
  const isSame: Readonly<Record<keyof CompleteInput, boolean>> = {
    webhook_url: addressOf(subscription.webhook_url) === addressOf(sent.webhook_url),
    events: sameEvents(subscription.events, sent.events),
    version: subscription.version === sent.version,
    active: subscription.active === sent.active,
    secret: sent.secret === undefined || subscription.secret_configured !== false,
  };
  return Object.entries(isSame).find(([, same]) => !same)?.[0];
}
