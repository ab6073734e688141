import type { PageDelivery } from "../../cli/page/protocol.js";

/** The newest deliveries. */
export interface DeliveryLog {
  /** Adds a delivery, or replaces the one with the same id. */
  readonly add: (delivery: PageDelivery) => void;
  readonly get: (id: string) => PageDelivery | undefined;
  /** Newest first. */
  readonly list: () => readonly PageDelivery[];
  /** The number of deliveries since the page was opened, including those no longer kept. */
  readonly total: () => number;
}

/** The maximum number of kept deliveries, and of characters in their bodies. */
const MAX_DELIVERIES = 1_000;
const MAX_CHARACTERS = 32_000_000;

/** Keeps the newest deliveries, and drops older ones beyond the limits. */
export function createDeliveryLog(): DeliveryLog {
  const kept = new Map<string, PageDelivery>();
  let [characters, total] = [0, 0];
  let sorted: readonly PageDelivery[] | undefined;

  return {
    add: (delivery) => {
      const known = kept.get(delivery.id);
      if (!known) total += 1;
      characters += delivery.body.length - (known?.body.length ?? 0);
      kept.set(delivery.id, delivery);
      for (const [id, { body }] of kept) {
        if (kept.size <= MAX_DELIVERIES && (characters <= MAX_CHARACTERS || kept.size === 1)) break;
        kept.delete(id);
        characters -= body.length;
      }
      sorted = undefined;
    },
    get: (id) => kept.get(id),
    list: () => (sorted ??= [...kept.values()].reverse()),
    total: () => total,
  };
}
