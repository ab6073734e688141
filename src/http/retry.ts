import type { Attempt } from "../errors/request-error.js";

/** How an attempt ended, as far as trying again is concerned. */
type Ending = Pick<Attempt, "status" | "sent" | "retryAfter">;

/** Statuses that another attempt may turn into something better. */
const RETRIED = new Set([408, 429, 500, 502, 503, 504]);

/** Back-off in ms: from the base it doubles up to the limit, with full jitter. */
const BACK_OFF_BASE = 500;
const BACK_OFF_LIMIT = 8_000;

/** The same for a server that asks for fewer requests and does not say how long to wait. */
const THROTTLE_BASE = 1_000;
const THROTTLE_LIMIT = 10_000;

/** The longest time that a server may make a call wait, in ms. */
const MAX_RETRY_AFTER = 60_000;

/**
 * How long to wait before the next attempt, in ms; undefined when there should be none: the status
 * is final, or the server asks for a longer time than a call should sleep.
 *
 * @param nth How often this request has waited for the same kind of reason before, from 0.
 */
export function retryDelay(ending: Ending, nth: number, random: () => number): number | undefined {
  const { status, retryAfter } = ending;
  if (status !== undefined && !RETRIED.has(status)) return undefined;
  if (retryAfter !== undefined && retryAfter > MAX_RETRY_AFTER) return undefined;
  if (!isThrottled(ending)) {
    return retryAfter ?? random() * Math.min(BACK_OFF_LIMIT, BACK_OFF_BASE * 2 ** nth);
  }
  const jitter = random() * Math.min(THROTTLE_LIMIT, THROTTLE_BASE * 2 ** nth);
  if (retryAfter === undefined) return jitter;
  // Whoever comes back exactly when told to, and in vain, meets all the others again.
  return nth === 0 ? retryAfter : retryAfter + jitter;
}

/** Whether the server has only asked to come back later: a wait, and not a failure. */
export function isThrottled({ status, retryAfter }: Ending): boolean {
  return status === 429 || (status === 503 && retryAfter !== undefined);
}

/**
 * Whether the server may have carried the request out although it did not say so. It has not when it
 * was never reached, or has refused with 429, or with 503 and a time to come back.
 */
export function isInDoubt({ status, sent, retryAfter }: Ending): boolean {
  if (status === undefined) return sent;
  return status === 408 || (status >= 500 && !(status === 503 && retryAfter !== undefined));
}
