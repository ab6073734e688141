import type { InvalidResponseError } from "../errors/invalid-response-error.js";
import { ownMembers } from "../checks/own-members.js";
import type { Answer } from "../http/answer.js";
import { asRecord } from "../http/json.js";
import type { CompleteInput } from "./input.js";
import { INPUT_ROWS } from "./input-fields.js";
import { readSubscription, type WebhookSubscription } from "./subscription.js";

/** What a write has left on the server. */
export interface Stored {
  readonly subscription: WebhookSubscription;
  /**
   * Makes the error for a server that has stored something else than was sent; undefined if it has not.
   *
   * @param outcome What has become of the subscription, as a part of a sentence.
   */
  readonly mismatch: ((outcome: string) => InvalidResponseError) | undefined;
}

/**
 * Reads the answer to a write and holds it against what was sent: what somebody else, or the server,
 * has changed on the way would otherwise go unseen, or be written again and again.
 *
 * @param id The id of the subscription, where it had one before.
 * @throws {InvalidResponseError} when the answer is no subscription.
 */
export function readWritten(answer: Answer, sent: CompleteInput, id?: number): Stored {
  const { webhook_subscription } = asRecord(answer.body);
  const subscription = readSubscription(webhook_subscription, (field, expected) =>
    answer.invalid(`webhook_subscription${field}`, expected),
  );
  if (id !== undefined && subscription.id !== id) {
    throw answer.invalid("webhook_subscription.id", `${id}, as in the request`);
  }
  const [different] = findDifferences(subscription, sent);
  if (different === undefined) return { subscription, mismatch: undefined };
  // Whatever the specification says: a field that it does not know is not there.
  const shown: Readonly<Partial<Record<keyof CompleteInput, unknown>>> = subscription;
  const [expected, stored, advice] =
    different === "secret"
      ? ["true, since a secret was sent", "", "ask Linq why it was not stored"]
      : [
          `what was sent, ${JSON.stringify(sent[different])}`,
          JSON.stringify(shown[different]),
          `write \`${different}\` as the server stores it, or another one`,
        ];
  const field = different === "secret" ? "secret_configured" : different;
  const mismatch = (outcome: string): InvalidResponseError =>
    answer.invalid(
      `webhook_subscription.${field}`,
      expected,
      `${stored && `the server has stored ${stored}; `}${outcome}; ${advice}`,
    );
  return { subscription, mismatch };
}

/** The fields that were sent in which a subscription differs, as far as it can be seen. */
export function findDifferences(
  subscription: WebhookSubscription,
  input: { readonly [Field in keyof CompleteInput]?: CompleteInput[Field] | undefined },
): (keyof CompleteInput)[] {
  const sent = ownMembers(input);
  const shown: Readonly<Partial<Record<keyof CompleteInput, unknown>>> = subscription;
  const different = INPUT_ROWS.filter(([field, { has, isHidden }]) => {
    const value = sent[field];
    if (value === undefined) return false;
    return !(has ? has(subscription, value) : (isHidden ?? shown[field] === value));
  });
  return different.map(([field]) => field);
}
