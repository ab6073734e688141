import { checkFunctions } from "../checks/check-functions.js";
import { checkKeys } from "../checks/check-keys.js";
import { checkPositive } from "../checks/check-positive.js";
import type { Claim, DeliveryStore } from "./delivery-store.js";

/** How much a {@link createMemoryStore} remembers. */
export interface MemoryStoreOptions {
  /**
   * How many handled deliveries to remember; the oldest go first.
   *
   * @default 10_000
   */
  maxEntries?: number | undefined;
  /**
   * The clock, in ms.
   *
   * @default Date.now
   */
  now?: (() => number) | undefined;
}

/** A delivery that was handled, and until when to remember it. */
interface Handled {
  readonly until: number;
}

/**
 * Makes a {@link DeliveryStore} in the memory of this process. It knows nothing of other processes,
 * and forgets everything when this one ends: with several replicas, or deliveries that are repeated
 * across a restart, use one that is shared.
 *
 * @throws {InvalidInputError} when an option is not usable.
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
  /** Whose each claim is, and until when it holds. As many as there are handlers at work. */
  const claims = new Map<string, { readonly owner: string; readonly until: number }>();
  /** Until when to remember what was handled, the oldest first. */
  const handled = new Map<string, Handled>();
  // One walk that goes on, since each new one would step over all that were deleted before it: of
  // 10,000 entries so many that a delivery to a full store cost a quarter more.
  let walk = handled.entries();
  let oldest = walk.next();

  const forget = (time: number): void => {
    while (handled.size > 0) {
      if (oldest.done) walk = handled.entries();
      else {
        const [key, entry] = oldest.value;
        // It may have been handled again since, and stand further back.
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
      handled.delete(key); // So that it comes last.
      const time = now();
      handled.set(key, { until: time + ttl });
      forget(time);
    },
    release: (key, { owner }) => {
      if (!isOthers(key, owner)) claims.delete(key);
    },
  };
}
