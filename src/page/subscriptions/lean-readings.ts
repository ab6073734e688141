import type { shareReadings as share } from "../../subscriptions/share-readings.js";

/**
 * Replaces `share-readings.ts` of `src/subscriptions/` in the bundle of the page: the page requests one
 * list at a time, so it has no readings to share.
 */
export function shareReadings(...[, read]: Parameters<typeof share>): ReturnType<typeof share> {
  return { read, afterWrite: (written) => written };
}
