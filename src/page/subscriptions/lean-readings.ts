import type { shareReadings as share } from "../../subscriptions/share-readings.js";

/**
 * Stands in the bundle of the page for `share-readings.ts` of `src/subscriptions/`: the page asks for
 * one list at a time, and so has nobody to share it with.
 */
export function shareReadings(...[, read]: Parameters<typeof share>): ReturnType<typeof share> {
  return { read, afterWrite: (written) => written };
}
