import { InvalidInputError } from "../errors/invalid-input-error.js";
import { InvalidResponseError } from "../errors/invalid-response-error.js";
import { LinqError } from "../errors/linq-error.js";
import type { Call } from "../http/call.js";
import { isInDoubt } from "../http/retry.js";
import type { CompleteInput } from "./input.js";
import type { Stored } from "./read-written.js";
import type { Requests } from "./requests.js";
import type { WebhookSubscription } from "./subscription.js";
import type { createSpellingSearch } from "./spelling.js";

/** The result of a POST: the subscription, or the error that leaves its existence in doubt. */
export type Posted = { readonly subscription: WebhookSubscription } | { readonly doubt: LinqError };

/**
 * Posts a subscription once, because the API has no idempotency key that would make a second POST safe. The
 * transport sends it again only if the server has certainly not carried it out.
 *
 * If the server stores other values than were sent, for example with a slash after every URL, each start
 * would create one more subscription. So the client deletes such a subscription at once.
 *
 * @param isKnown Whether a subscription with this id existed before.
 * @param freshUntil The time of the clock, in ms, after which it may not be sent.
 * @throws {LinqError} when the server refuses it.
 * @throws {InvalidResponseError} when the server stores other values.
 */
export async function post(
  requests: Requests,
  call: Call,
  input: CompleteInput,
  isKnown: (id: number) => boolean,
  freshUntil?: number,
): Promise<Posted> {
  let stored: Stored;
  try {
    stored = await requests.post(call, input, freshUntil);
  } catch (error) {
    if (error instanceof LinqError && leavesInDoubt(error, call)) return { doubt: error };
    throw error;
  }
  const { subscription, mismatch } = stored;
  if (!mismatch) return { subscription };
  throw mismatch(await takeBack(requests, call, subscription.id, isKnown));
}

/** An unreadable 2xx leaves the outcome in doubt, like a lost answer. */
function leavesInDoubt(error: LinqError, { attempts }: Call): boolean {
  const last = attempts.at(-1);
  return error instanceof InvalidResponseError || (last?.method === "POST" && isInDoubt(last));
}

/** Deletes a subscription that was just created, and returns the outcome as part of a sentence. */
async function takeBack(
  requests: Requests,
  call: Call,
  id: number,
  isKnown: (id: number) => boolean,
): Promise<string> {
  const name = `webhook subscription ${id}`;
  if (isKnown(id)) return `${name} existed before, so it was not deleted`;
  try {
    await requests.remove(call, id);
    return `${name} was deleted again`;
  } catch {
    call.throwIfOver();
    return `${name} could not be deleted again, so call \`delete(${id})\``;
  }
}

/**
 * Refuses to post if a subscription has the URL in another spelling, because the server may have respelled
 * this URL.
 *
 * @throws {InvalidInputError} that shows the stored spelling.
 */
export function checkSpelling(
  webhookUrl: string,
  findRespelled: ReturnType<typeof createSpellingSearch>,
  call: Call,
): void {
  const respelled = findRespelled(webhookUrl);
  if (!respelled) return;
  throw new InvalidInputError(
    "webhook_url",
    call.redact(
      `spelled as in webhook subscription ${respelled.id}, ${JSON.stringify(respelled.webhook_url)}, because the two differ only in spelling; nothing was created (if they are different URLs, create it with \`allowDuplicate\`)`,
    ),
  );
}
