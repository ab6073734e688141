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

/** What became of a POST: a subscription, or the error that leaves in doubt whether there is one. */
export type Posted = { readonly subscription: WebhookSubscription } | { readonly doubt: LinqError };

/**
 * Posts a subscription once; there is no idempotency key that would make a second time safe. The
 * transport sends it again only where the server has not carried it out for certain.
 *
 * A server that stores something else than was sent, as one that puts a slash behind every URL, would
 * get one more at each start. So what it has stored is taken back at once, while nobody knows of it.
 *
 * @param isKnown Whether there was a subscription with this id before.
 * @param freshUntil When it may no longer be sent, in ms of the clock.
 * @throws {LinqError} when it has been refused.
 * @throws {InvalidResponseError} when the server has stored something else.
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

/** A 2xx that cannot be read leaves as much in doubt as no answer at all. */
function leavesInDoubt(error: LinqError, { attempts }: Call): boolean {
  const last = attempts.at(-1);
  return error instanceof InvalidResponseError || (last?.method === "POST" && isInDoubt(last));
}

/** Deletes what was just created, and says what has become of it. */
async function takeBack(
  requests: Requests,
  call: Call,
  id: number,
  isKnown: (id: number) => boolean,
): Promise<string> {
  const name = `webhook subscription ${id}`;
  if (isKnown(id)) return `${name} was there before, and was left as it is now`;
  try {
    await requests.remove(call, id);
    return `${name} was deleted again`;
  } catch {
    call.throwIfOver();
    return `${name} could not be deleted again and has to be, with \`delete(${id})\``;
  }
}

/**
 * Refuses to post where a subscription has the URL in another spelling, which the server may have
 * made of this very one.
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
      `written as webhook subscription ${respelled.id} has it, ${JSON.stringify(respelled.webhook_url)}, since it differs from that only in spelling; nothing was created (if they are two URLs, create it with \`allowDuplicate\`)`,
    ),
  );
}
