import type { InvalidResponseError } from "../errors/invalid-response-error.js";
import { ownMembers } from "../checks/own-members.js";
import type { Answer } from "../http/answer.js";
import { asRecord } from "../http/json.js";
import type { CompleteInput } from "./input.js";
import { INPUT_ROWS } from "./input-fields.js";
import { readSubscription, type WebhookSubscription } from "./subscription.js";

/** The subscription that the server has stored after a write. */
export interface Stored {
  readonly subscription: WebhookSubscription;
  /**
   * Makes the error for a server that has stored other values than were sent; undefined if they match.
   *
   * @param outcome What happened to the subscription afterwards, as part of a sentence.
   */
  readonly mismatch: ((outcome: string) => InvalidResponseError) | undefined;
}

/**
 * Reads the answer to a write and compares it with the values that were sent. Otherwise a change by the
 * server or a proxy would go unnoticed, or the client would write the same values again and again.
 *
 * @param id The id of an updated subscription; undefined after a POST.
 * @throws {InvalidResponseError} when the answer is not a subscription.
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
  // The server may leave out any field, and show no field that the specification lacks.
  const shown: Readonly<Partial<Record<keyof CompleteInput, unknown>>> = subscription;
  const [expected, stored, advice] =
    different === "secret"
      ? ["true, because a secret was sent", "", "ask Linq why it was not stored"]
      : [
          `${JSON.stringify(sent[different])}, as it was sent`,
          JSON.stringify(shown[different]),
          `write \`${different}\` as the server stores it, or use another value`,
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

/** The fields of an input in which a subscription differs, as far as the API shows them. */
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
