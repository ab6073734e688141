/**
 * What {@link DeliveryStore.claim} finds: it is now the caller's (`"claimed"`), it is somebody else's
 * who has not finished (`"pending"`), or it has been handled (`"completed"`).
 */
export type Claim = "claimed" | "pending" | "completed";

/**
 * Remembers which deliveries have been handled, so that no event is handled twice. Keys are opaque
 * text. `testDeliveryStore` tells whether a store does what is written here.
 */
export interface DeliveryStore {
  /**
   * Takes a delivery, for `ttl` ms, unless it is taken or handled already. It must be atomic: of any
   * number of callers at once exactly one gets `"claimed"`. A claim that is neither completed nor
   * released within `ttl`, since its process died, can be taken again.
   */
  readonly claim: (key: string, ttl: number) => Claim | Promise<Claim>;
  /** Remembers that the delivery has been handled, for as long as it may be delivered again. */
  readonly complete: (key: string) => unknown;
  /** Gives up a claim, so that the next delivery is handled. What is completed stays so. */
  readonly release: (key: string) => unknown;
}
