/**
 * The result of {@link DeliveryStore.claim}: the delivery now belongs to the caller (`"claimed"`),
 * another owner has not finished it (`"pending"`), or it has been handled (`"completed"`).
 */
export type Claim = "claimed" | "pending" | "completed";

/** The owner of a claim, and how long the claim holds. */
export interface ClaimOptions {
  /** A unique text: each delivery that is handled has its own. */
  readonly owner: string;
  /** How long the claim, or the record of a handled delivery, holds, in ms. */
  readonly ttl: number;
}

/**
 * Remembers which deliveries have been handled, so that no event is handled twice. Keys are opaque
 * text. `testDeliveryStore` of `linq-webhooks/testing` tests a store against this contract.
 */
export interface DeliveryStore {
  /**
   * How long to remember that a delivery was handled, in ms, unless the receiver sets `completedTtl`.
   */
  readonly remember?: number;
  /**
   * Claims a delivery for `ttl` ms, unless another owner has claimed it or it has been handled. It must
   * be atomic: of any number of concurrent callers, exactly one gets `"claimed"`. The owner of a claim may
   * claim it again, which renews it. A claim that is not renewed, completed or released within `ttl`
   * expires (its process has died), and the next caller gets it.
   */
  readonly claim: (key: string, options: ClaimOptions) => Claim | Promise<Claim>;
  /**
   * Remembers for `ttl` ms that the delivery has been handled. It does nothing if another owner has the
   * claim by now.
   */
  readonly complete: (key: string, options: ClaimOptions) => unknown;
  /**
   * Gives up a claim, so that the next delivery is handled. It does nothing if another owner has the
   * claim by now, or if the delivery is completed.
   */
  readonly release: (key: string, options: Pick<ClaimOptions, "owner">) => unknown;
}
