import { LinqApiError } from "../errors/api-error.js";
import { InvalidResponseError } from "../errors/invalid-response-error.js";
import { LinqError } from "../errors/linq-error.js";
import type { Call } from "../http/call.js";
import { isInDoubt } from "../http/retry.js";
import { isMissing } from "./requests.js";
import type { WebhookSubscription } from "./subscription.js";

/** The result of a write. */
export type Written =
  /** The server has confirmed it; after a POST or PUT, with the stored subscription. */
  | { readonly end: "done"; readonly subscription: WebhookSubscription }
  /** The server may have carried it out, or may still do so. */
  | { readonly end: "in doubt"; readonly error: LinqError }
  /** The server has refused it, possibly because another client was faster. */
  | { readonly end: "refused"; readonly error: LinqError; readonly isConflict: boolean }
  /** It has failed for now, and its list is too old to send it again. */
  | { readonly end: "postponed"; readonly error: LinqError };

export function done(subscription: WebhookSubscription): Written {
  return { end: "done", subscription };
}

/** Statuses with which servers refuse a duplicate, so another client may have been faster. */
const REFUSALS = [409, 422];

/** Carries out a write. It throws only failures that another look at the list cannot resolve. */
export async function writeOnce(call: Call, write: () => Promise<Written>): Promise<Written> {
  const before = call.attempts.length;
  try {
    return await write();
  } catch (error) {
    const last = call.attempts.slice(before).at(-1);
    if (!(error instanceof LinqError) || error instanceof InvalidResponseError) throw error;
    if (!last || call.isOver()) throw error;
    if (last.retryDelay !== undefined) return { end: "postponed", error };
    if (isMissing(error) && last.method !== "POST") {
      return { end: "refused", error, isConflict: true };
    }
    const { status } = error instanceof LinqApiError ? error : {};
    if (last.method === "POST" && status !== undefined && REFUSALS.includes(status)) {
      return { end: "refused", error, isConflict: status === 409 };
    }
    if (isInDoubt(last)) return { end: "in doubt", error };
    throw error;
  }
}
