import { SecretLostError } from "../errors/secret-lost-error.js";
import type { Answer } from "../http/answer.js";
import { asRecord } from "../http/json.js";
import { addressOf } from "./identity.js";
import type { CompleteInput } from "./input.js";
import { readSubscription, type WebhookSubscription } from "./subscription.js";

/**
 * Reads the answer to a write and holds it against what was sent: a server that stored something
 * else would otherwise be written to again and again.
 *
 * @param before The subscription before the write, if there was one.
 * @throws {SecretLostError} when it had a secret before and has none now.
 * @throws {InvalidResponseError} when the answer is no subscription, or not the one that was sent.
 */
export function readWritten(
  answer: Answer,
  sent: CompleteInput,
  before?: WebhookSubscription,
): WebhookSubscription {
  const { webhook_subscription } = asRecord(answer.body);
  const written = readSubscription(answer, "webhook_subscription", webhook_subscription);
  if (before?.secret_configured === true && written.secret_configured === false) {
    throw new SecretLostError(written.id);
  }
  const same: Readonly<Record<keyof CompleteInput, boolean>> = {
    webhook_url: addressOf(written.webhook_url) === addressOf(sent.webhook_url),
    events: equalSets(written.events, sent.events),
    version: written.version === sent.version,
    active: written.active === sent.active,
    secret: sent.secret === undefined || written.secret_configured !== false,
  };
  const different = Object.entries(same).find(([, isSame]) => !isSame)?.[0];
  if (different === undefined && (before?.id ?? written.id) === written.id) return written;
  throw answer.invalid(`webhook_subscription.${different ?? "id"}`, "what was sent");
}

function equalSets(a: readonly string[], b: readonly string[]): boolean {
  const [left, right] = [new Set(a), new Set(b)];
  return left.size === right.size && [...left].every((member) => right.has(member));
}
