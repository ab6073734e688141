/**
 * What {@link DeliveryStore.claim} finds: it is now the caller's (`"claimed"`), it is somebody else's
 * who has not finished (`"pending"`), or it has been handled (`"completed"`).
 */
export type Claim = "claimed" | "pending" | "completed";

/** Whose a claim is, and for how long it holds. */
export interface ClaimOptions {
  /** A text that nobody else has: each delivery that is handled gets one of its own. */
  readonly owner: string;
  /** In ms. */
  readonly ttl: number;
}

/**
 * Remembers which deliveries have been handled, so that no event is handled twice. Keys are opaque
 * text. `testDeliveryStore` of `linq-webhooks/testing` tells whether a store does
 * what is written here.
 */
export interface DeliveryStore {
  /**
   * How long to remember that a delivery was handled, in ms, where the receiver's `completedTtl` does not
   * say it.
   */
  readonly remember?: number;
  /**
   * Takes a delivery, for `ttl` ms, unless somebody else has it or it is handled already. It must be
   * atomic: of any number of owners at once exactly one gets `"claimed"`. The owner of a claim may claim
   * it again, which renews it. A claim that is neither renewed, completed nor released within `ttl`,
   * since its process died, passes on to the next owner who asks.
   */
  readonly claim: (key: string, options: ClaimOptions) => Claim | Promise<Claim>;
  /**
   * Remembers for `ttl` ms that the delivery has been handled. It does nothing for an owner whose claim
   * has passed on.
   */
  readonly complete: (key: string, options: ClaimOptions) => unknown;
  /**
   * Gives up a claim, so that the next delivery is handled. It does nothing for an owner whose claim has
   * passed on, and what is completed stays so.
   */
  readonly release: (key: string, options: Pick<ClaimOptions, "owner">) => unknown;
}
