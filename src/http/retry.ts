import type { Attempt } from "../errors/request-error.js";

/** How an attempt ended, as far as trying again is concerned. */
type Ending = Pick<Attempt, "status" | "systemCode" | "retryAfter">;

/** Statuses that another attempt may turn into something better. */
const RETRIED = new Set([408, 429, 500, 502, 503, 504]);

/** Failures to connect: the request has not been sent. */
const NOT_SENT = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"]);

/** Back-off in ms: from the base it doubles up to the limit, with full jitter. */
const BACK_OFF_BASE = 500;
const BACK_OFF_LIMIT = 8_000;

/** The longest time that a server may make a call wait, in ms. */
const MAX_RETRY_AFTER = 60_000;

/**
 * How long to wait before the next attempt, in ms; undefined when there should be none: the status
 * is final, or the server asks for a longer time than a call should sleep.
 */
export function retryDelay(
  { status, retryAfter }: Ending,
  retry: number,
  random: () => number,
): number | undefined {
  if (status !== undefined && !RETRIED.has(status)) return undefined;
  if (retryAfter !== undefined) return retryAfter <= MAX_RETRY_AFTER ? retryAfter : undefined;
  return random() * Math.min(BACK_OFF_LIMIT, BACK_OFF_BASE * 2 ** retry);
}

/**
 * Whether the server may have carried the request out although it did not say so. It has not when it
 * was never reached, or has refused with 429, or with 503 and a time to come back.
 */
export function isInDoubt({ status, systemCode, retryAfter }: Ending): boolean {
  if (status === undefined) return systemCode === undefined || !NOT_SENT.has(systemCode);
  return status === 408 || (status >= 500 && !(status === 503 && retryAfter !== undefined));
}
