import type { EventName } from "../../generated/constants.js";
import type { CallOptions } from "../http/call-options.js";
import type { EnsureResult } from "./ensure.js";
import type { DuplicateGroup } from "./find-duplicates.js";
import type {
  EnsureInput,
  RotateSecretInput,
  WebhookSubscriptionInput,
  WebhookSubscriptionPatch,
} from "./input.js";
import type { RemoveDuplicatesResult } from "./remove-duplicates.js";
import type { WebhookSubscription } from "./subscription.js";

/** Options of `ensure`. */
export interface EnsureOptions extends CallOptions {
  /**
   * Writes the secret of the input to every subscription that delivers only events of the input, also
   * where one is stored already: the API never gives one back to compare.
   *
   * @default false
   */
  rotateSecret?: boolean | undefined;
  /**
   * How long after its last write the call looks once more for twins, in ms; 0 for not at all. It is
   * for servers on which a client sees its own writes at once and those of others only later: above
   * that time, two clients that start together find each other.
   *
   * @default 0
   */
  recheckAfter?: number | undefined;
}

/** Options of `update`. */
export interface UpdateOptions extends CallOptions {
  /**
   * Writes even what makes some event arrive twice.
   *
   * @default false
   */
  allowDuplicate?: boolean | undefined;
}

/** Options of `create`. */
export interface CreateOptions extends UpdateOptions, Pick<EnsureOptions, "recheckAfter"> {}

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
   * Creates one subscription, and refuses what would deliver an event twice. What the server stores
   * otherwise than it was sent is deleted again.
   *
   * @throws {DuplicateSubscriptionError} when an active subscription already delivers some of the
   * events to the URL, or another client's got ahead of this one.
   * @throws {InvalidInputError} also when a subscription has the URL in another spelling, unless
   * `allowDuplicate`; nothing was created then.
   * @throws {InvalidResponseError} also when the server has stored something else than was sent.
   * @throws {CreateOutcomeUnknownError} when it cannot be told whether it exists.
   */
  readonly create: (
    input: WebhookSubscriptionInput<Name>,
    options?: CreateOptions,
  ) => Promise<WebhookSubscription>;

  /**
   * Makes sure that each event of the input reaches the URL exactly once. It only adds what is
   * missing, heals what arrives twice, and writes nothing when all is well, so every replica can call
   * it at every start. Of two subscriptions that deliver an event the lower id keeps it. Inactive
   * subscriptions are left alone, and so is what may be somebody else's: a subscription that also
   * delivers events outside the input never gets its secret.
   *
   * @throws {DuplicateSubscriptionError} when a subscription would have to change that has a secret,
   * and the input has none, or that may be somebody else's; it says which, and what to do.
   * @throws {InvalidInputError} also when a subscription has the URL in another spelling.
   * @throws {InvalidResponseError} also when the server has stored something else than was sent, or
   * the list does not change any more.
   * @throws {SecretLostError} when a change has cost a subscription its secret.
   * @throws {CreateOutcomeUnknownError} when it cannot be told whether what was posted exists.
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
  readonly ensure: (input: EnsureInput<Name>, options?: EnsureOptions) => Promise<EnsureResult>;

  /**
   * Changes some fields of a subscription: it reads, merges and writes the whole, under the same
   * guard as `create`. The API does not say whether an update without `secret` keeps the stored one.
   * Where it adds events it looks once more 1.5 s later, since a write of somebody else that was under
   * way may have taken them off again.
   *
   * @throws {SubscriptionNotFoundError} when there is none with this id.
   * @throws {DuplicateSubscriptionError} when the change would make an event arrive twice.
   * @throws {SecretLostError} when the change has cost the subscription its secret.
   */
  readonly update: (
    id: number,
    patch: WebhookSubscriptionPatch<Name>,
    options?: UpdateOptions,
  ) => Promise<WebhookSubscription>;

  /**
   * Writes a new secret to every active subscription of a URL, since one receiver stands behind it, and
   * changes nothing else of them. Inactive ones keep theirs: give it to them with `update` when they are
   * to deliver again. Let the receiver take the new secret beside the old one before this. Where it
   * fails, some of them may have the new one already; called again, it writes all of them.
   *
   * @returns `updated`, with the subscriptions that have been given the secret.
   * @throws {SubscriptionNotFoundError} when the URL has no active subscription; nothing was written
   * then. With an `id`, when that one has been deleted meanwhile.
   * @throws {SecretLostError} when a server has not kept the secret of one that had one.
   *
   * @example
   * ```ts
   * await linq.webhookSubscriptions.rotateSecret({
   *   webhook_url: "https://example.com/hook",
   *   secret: await readNewSecret(),
   * });
   * ```
   */
  readonly rotateSecret: (input: RotateSecretInput, options?: CallOptions) => Promise<EnsureResult>;

  /**
   * Deletes a subscription.
   *
   * @throws {SubscriptionNotFoundError} when there is none with this id, unless `ignoreMissing`.
   * @throws {LinqApiError} also for a 404 although the list shows the subscription.
   */
  readonly delete: (id: number, options?: DeleteOptions) => Promise<void>;

  /** The groups of active subscriptions that deliver some event to the same URL more than once. */
  readonly findDuplicates: (options?: CallOptions) => Promise<DuplicateGroup[]>;

  /**
   * Deletes the subscriptions whose every event lower ids deliver too. Those that merely overlap are
   * left and reported, and so are those with a secret where a lower id has none. It follows the same
   * rule as `ensure`, so both may run at any time, on any number of machines.
   */
  readonly removeDuplicates: (options?: RemoveDuplicatesOptions) => Promise<RemoveDuplicatesResult>;
}
