import type { EventName } from "../../generated/constants.js";
import type { CallOptions } from "../http/call-options.js";
import type { EnsureResult } from "./ensure.js";
import type { DuplicateGroup } from "./find-duplicates.js";
import type { EnsureInput, WebhookSubscriptionInput, WebhookSubscriptionPatch } from "./input.js";
import type { RemoveDuplicatesResult } from "./remove-duplicates.js";
import type { WebhookSubscription } from "./subscription.js";

/** Options of the methods that may deliberately make a duplicate. */
export interface GuardOptions extends CallOptions {
  /**
   * Writes even what makes some event arrive twice.
   *
   * @default false
   */
  allowDuplicate?: boolean | undefined;
}

/** Options of `delete`. */
export interface DeleteOptions extends CallOptions {
  /**
   * Takes a subscription that is not there for deleted.
   *
   * @default false
   */
  ignoreMissing?: boolean | undefined;
}

/** Options of `removeDuplicates`. */
export interface RemoveDuplicatesOptions extends CallOptions {
  /**
   * Reports what would be removed, and removes nothing.
   *
   * @default false
   */
  dryRun?: boolean | undefined;
}

/**
 * The webhook subscriptions of the account. `Name` is what events may be called: the names of the
 * specification, or any with `allowUnknownEvents`.
 *
 * Every method may throw `LinqApiError`, `LinqConnectionError`, `LinqTimeoutError`,
 * `UnexpectedRedirectError`, `InvalidResponseError` and `InvalidInputError` (for what can be seen at
 * the door, before anything is sent),
 * and the reason of its `signal`; further errors are listed with the method.
 */
export interface WebhookSubscriptions<Name extends string = EventName> {
  /** All subscriptions that the token can see, other people's included; never a part of them. */
  readonly list: (options?: CallOptions) => Promise<WebhookSubscription[]>;

  /**
   * One subscription, found through the list, since the API has no request for one.
   *
   * @throws {SubscriptionNotFoundError} when there is none with this id.
   */
  readonly get: (id: number, options?: CallOptions) => Promise<WebhookSubscription>;

  /**
   * Creates one subscription, and refuses what would deliver an event twice.
   *
   * @throws {DuplicateSubscriptionError} when an active subscription already delivers some of the
   * events to the URL, or another client's got ahead of this one.
   */
  readonly create: (
    input: WebhookSubscriptionInput<Name>,
    options?: GuardOptions,
  ) => Promise<WebhookSubscription>;

  /**
   * Makes sure that each event of the input reaches the URL exactly once. It only adds what is
   * missing, heals what arrives twice, and writes nothing when all is well, so every replica can call
   * it at every start. Inactive subscriptions are left alone.
   *
   * @throws {DuplicateSubscriptionError} when a subscription would have to change that has a secret,
   * and the input has none.
   * @throws {SecretLostError} when a change has cost a subscription its secret.
   *
   * @example
   * ```ts
   * const { outcome } = await linq.webhookSubscriptions.ensure({
   *   webhook_url: "https://example.com/hook",
   *   events: ["message.received"],
   *   secret: await readSecret(),
   * });
   * ```
   */
  readonly ensure: (input: EnsureInput<Name>, options?: CallOptions) => Promise<EnsureResult>;

  /**
   * Changes some fields of a subscription: it reads, merges and writes the whole, under the same
   * guard as `create`. The API does not say whether an update without `secret` keeps the stored one.
   *
   * @throws {SubscriptionNotFoundError} when there is none with this id.
   * @throws {DuplicateSubscriptionError} when the change would make an event arrive twice.
   * @throws {SecretLostError} when the change has cost the subscription its secret.
   */
  readonly update: (
    id: number,
    patch: WebhookSubscriptionPatch<Name>,
    options?: GuardOptions,
  ) => Promise<WebhookSubscription>;

  /**
   * Deletes a subscription.
   *
   * @throws {SubscriptionNotFoundError} when there is none with this id, unless `ignoreMissing`.
   */
  readonly delete: (id: number, options?: DeleteOptions) => Promise<void>;

  /** The groups of active subscriptions that deliver some event to the same URL more than once. */
  readonly findDuplicates: (options?: CallOptions) => Promise<DuplicateGroup[]>;

  /**
   * Deletes the subscriptions that another one makes redundant, one at a time, looking again before
   * each. Those that merely overlap are left and reported.
   *
   * Of twins it keeps the one with a secret, then the one that delivered last, then the lowest id.
   * That need not be the one that `ensure` on another machine keeps at the same moment, so run it while
   * nothing else changes these subscriptions, or under a `lock` that spans your machines.
   */
  readonly removeDuplicates: (options?: RemoveDuplicatesOptions) => Promise<RemoveDuplicatesResult>;
}
