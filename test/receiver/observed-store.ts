import type { DeliveryStore } from "../../src/receiver/delivery-store.js";
import { createMemoryStore } from "../../src/receiver/memory-store.js";

export interface ObservedStore extends DeliveryStore {
  /** The calls, such as `claim a`, oldest first. */
  readonly log: string[];
}

/** A store that records its calls, with some of its functions replaced by those of `other`. */
export function observeStore(
  other: Partial<DeliveryStore> = {},
  store: DeliveryStore = createMemoryStore(),
): ObservedStore {
  const { claim, complete, release } = { ...store, ...other };
  const log: string[] = [];
  return {
    log,
    claim: (key, options) => {
      log.push(`claim ${key}`);
      return claim(key, options);
    },
    complete: (key, options) => {
      log.push(`complete ${key}`);
      return complete(key, options);
    },
    release: (key, options) => {
      log.push(`release ${key}`);
      return release(key, options);
    },
  };
}
