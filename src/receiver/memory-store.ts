import { checkKeys } from "../checks/check-keys.js";
import { checkPositive } from "../checks/check-positive.js";
import { InvalidInputError } from "../errors/invalid-input-error.js";
import type { Claim, DeliveryStore } from "./delivery-store.js";

/** How much a {@link createMemoryStore} remembers. */
export interface MemoryStoreOptions {
  /**
   * How many handled deliveries to remember; the oldest go first.
   *
   * @default 10_000
   */
  readonly maxEntries?: number;
  /**
   * How long to remember one, in ms.
   *
   * @default 86_400_000 (a day)
   */
  readonly maxAge?: number;
  /**
   * The clock, in ms.
   *
   * @default Date.now
   */
  readonly now?: () => number;
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
 * const store = createMemoryStore({ maxAge: 3_600_000 });
 * const receiver = createReceiver({ secret, store, on: handlers });
 * ```
 */
export function createMemoryStore(options: MemoryStoreOptions = {}): DeliveryStore {
  const {
    maxEntries = 10_000,
    maxAge = 86_400_000,
    now = Date.now,
  } = checkKeys("options", options, ["maxEntries", "maxAge", "now"]);
  checkPositive({ maxEntries, maxAge });
  if (typeof now !== "function") throw new InvalidInputError("now", "a function");
  /** Until when each claim holds. As many as there are handlers at work. */
  const claims = new Map<string, number>();
  /** Until when to remember what was handled, the oldest first. */
  const handled = new Map<string, number>();

  const forget = (time: number): void => {
    for (const [key, until] of handled) {
      if (until > time && handled.size <= maxEntries) return;
      handled.delete(key);
    }
  };

  return {
    claim: (key, ttl): Claim => {
      const time = now();
      forget(time);
      if (handled.has(key)) return "completed";
      if ((claims.get(key) ?? -Infinity) > time) return "pending";
      claims.set(key, time + ttl);
      return "claimed";
    },
    complete: (key) => {
      claims.delete(key);
      handled.delete(key); // So that it comes last.
      handled.set(key, now() + maxAge);
      forget(now());
    },
    release: (key) => {
      claims.delete(key);
    },
  };
}
