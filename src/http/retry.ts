import type { Attempt } from "../errors/request-error.js";

/** The parts of an attempt that decide about a retry. */
type Ending = Pick<Attempt, "status" | "sent" | "retryAfter">;

/** Statuses after which another attempt may succeed. */
const RETRIED = new Set([408, 429, 500, 502, 503, 504]);

/** Back-off in ms: it doubles from the base up to the limit, with full jitter. */
const BACK_OFF_BASE = 500;
const BACK_OFF_LIMIT = 8_000;

/** Back-off in ms when a server throttles without saying how long to wait. */
const THROTTLE_BASE = 1_000;
const THROTTLE_LIMIT = 10_000;

/** The longest `Retry-After` that the client follows, in ms. */
const MAX_RETRY_AFTER = 60_000;

/**
 * How long to wait before the next attempt, in ms. Undefined means no further attempt: the status is
 * final, or the server asks for a longer wait than a call should make.
 *
 * @param nth How often this request has already waited for the same kind of reason.
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
  // If the first wait was in vain, all throttled clients came back at the same time; jitter spreads them.
  return nth === 0 ? retryAfter : retryAfter + jitter;
}

/** Whether the server only asks the client to come back later, which is a wait and not a failure. */
export function isThrottled({ status, retryAfter }: Ending): boolean {
  return status === 429 || (status === 503 && retryAfter !== undefined);
}

/**
 * Whether the server may have carried out a request that failed. It has not if the request never reached
 * it, or if it answered 429, or 503 with `Retry-After`.
 */
export function isInDoubt({ status, sent, retryAfter }: Ending): boolean {
  if (status === undefined) return sent;
  return status === 408 || (status >= 500 && !(status === 503 && retryAfter !== undefined));
}
