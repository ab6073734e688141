import { checkFunctions } from "../checks/check-functions.js";
import { checkKeys } from "../checks/check-keys.js";
import { checkPositive } from "../checks/check-positive.js";
import type { Claim, DeliveryStore } from "./delivery-store.js";

/** The options of {@link createMemoryStore}. */
export interface MemoryStoreOptions {
  /**
   * How many handled deliveries to remember; the oldest are forgotten first.
   *
   * @default 10_000
   */
  maxEntries?: number | undefined;
  /**
   * The clock, in ms since the epoch.
   *
   * @default Date.now
   */
  now?: (() => number) | undefined;
}

/** A delivery that was handled, and until when to remember it, in ms of the clock. */
interface Handled {
  readonly until: number;
}

/**
 * Creates a {@link DeliveryStore} in the memory of this process. Other processes do not share it, and
 * it is lost when this process ends. Use a shared store for several replicas, or to recognize events
 * that are delivered again after a restart.
 *
 * @throws {InvalidInputError} when an option is invalid.
 *
 * @example
 * ```ts
 * const store = createMemoryStore({ maxEntries: 100_000 });
 * const receiver = createReceiver({ secret, store, on: handlers });
 * ```
 */
export function createMemoryStore(options: MemoryStoreOptions = {}): DeliveryStore {
  const { maxEntries = 10_000, now = Date.now } = checkKeys("options", options, [
    "maxEntries",
    "now",
  ]);
  checkPositive({ maxEntries });
  checkFunctions({ now });
  /** The owner of each claim, and until when it holds. There is one for each running handler. */
  const claims = new Map<string, { readonly owner: string; readonly until: number }>();
  /** The handled deliveries, oldest first. */
  const handled = new Map<string, Handled>();
  // One iterator for all calls. A new one would step over all entries deleted before it, which makes a
  // delivery to a full store of 10,000 entries cost a quarter more.
  let walk = handled.entries();
  let oldest = walk.next();

  const forget = (time: number): void => {
    while (handled.size > 0) {
      if (oldest.done) walk = handled.entries();
      else {
        const [key, entry] = oldest.value;
        // It may have been handled again since, and be further back.
        const isThere = handled.get(key) === entry;
        if (isThere && entry.until > time && handled.size <= maxEntries) return;
        if (isThere) handled.delete(key);
      }
      oldest = walk.next();
    }
  };
  const isOthers = (key: string, owner: string): boolean => {
    const claim = claims.get(key);
    return claim !== undefined && claim.owner !== owner;
  };

  return {
    claim: (key, { owner, ttl }): Claim => {
      const time = now();
      forget(time);
      if ((handled.get(key)?.until ?? -Infinity) > time) return "completed";
      const holds = (claims.get(key)?.until ?? -Infinity) > time;
      if (holds && isOthers(key, owner)) return "pending";
      claims.set(key, { owner, until: time + ttl });
      return "claimed";
    },
    complete: (key, { owner, ttl }) => {
      if (isOthers(key, owner)) return;
      claims.delete(key);
      handled.delete(key); // So that it becomes the newest.
      const time = now();
      handled.set(key, { until: time + ttl });
      forget(time);
    },
    release: (key, { owner }) => {
      if (!isOthers(key, owner)) claims.delete(key);
    },
  };
}
