import type { Knobs } from "./knobs.js";

/** Tells how many seconds a request should wait; undefined when it may pass, and then counts it. */
export type RateLimiter = (limit: Knobs["rateLimit"], now: number) => number | undefined;

/** Makes a limiter for the requests of all clients together. */
export function createRateLimiter(): RateLimiter {
  const passed: number[] = [];
  let tokens: number | undefined;
  let filledAt = 0;

  const waitSliding = (perSecond: number, now: number): number | undefined => {
    // A request leaves the window when it is 1,000 ms old.
    const recent = passed.filter((at) => at > now - 1_000);
    const blocking = recent[recent.length - perSecond];
    return blocking === undefined ? undefined : toSeconds(blocking + 1_000 - now);
  };
  const waitForToken = (perSecond: number, now: number): number | undefined => {
    const refill = ((now - filledAt) * perSecond) / 1_000;
    tokens = Math.min(perSecond, (tokens ?? perSecond) + refill);
    filledAt = now;
    if (tokens < 1) return toSeconds(((1 - tokens) * 1_000) / perSecond);
    tokens -= 1;
    return undefined;
  };
  return (limit, now) => {
    if (!limit) return undefined;
    const wait = limit.kind === "bucket" ? waitForToken : waitSliding;
    const seconds = wait(limit.perSecond, now);
    if (seconds === undefined) passed.push(now);
    return seconds;
  };
}

/** Whole seconds, as `Retry-After` has them. */
function toSeconds(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1_000));
}
