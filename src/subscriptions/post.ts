import { InvalidResponseError } from "../errors/invalid-response-error.js";
import { LinqError } from "../errors/linq-error.js";
import type { Call } from "../http/call.js";
import { isInDoubt } from "../http/retry.js";
import type { CompleteInput } from "./input.js";
import type { Written } from "./read-written.js";
import type { Requests } from "./requests.js";
import type { WebhookSubscription } from "./subscription.js";

/** How long a write in doubt is given to land, in ms: before the first look, and before the last. */
export const SHORT_PAUSE = 500;
export const LONGEST_PAUSE = 8_000;

/** What became of a POST: a subscription, or the error that leaves in doubt whether there is one. */
export type Posted = { readonly subscription: WebhookSubscription } | { readonly doubt: LinqError };

/**
 * Posts a subscription once; there is no idempotency key that would make a second time safe. The
 * transport sends it again only where the server has not carried it out for certain.
 *
 * @throws {LinqError} when it has been refused, or the server has stored something else.
 */
export async function post(requests: Requests, call: Call, input: CompleteInput): Promise<Posted> {
  let written: Written;
  try {
    written = await requests.post(call, input);
  } catch (error) {
    if (error instanceof LinqError && leavesInDoubt(error, call)) return { doubt: error };
    throw error;
  }
  if (written.mismatch) throw written.mismatch;
  return written;
}

/** A 2xx that cannot be read leaves as much in doubt as no answer at all. */
function leavesInDoubt(error: LinqError, { attempts }: Call): boolean {
  const last = attempts.at(-1);
  return error instanceof InvalidResponseError || (last?.method === "POST" && isInDoubt(last));
}
