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
   * Writes the secret of the input to every subscription that delivers only events of the input, even if it
   * already has one: the API never returns a secret to compare.
   *
   * @default false
   */
  rotateSecret?: boolean | undefined;
  /**
   * How long after its last write the call checks once more for duplicates, in ms, at most 600,000; 0
   * disables this check. Use it for servers that show a client its own writes at once but those of others
   * later: with a longer time than this lag, two clients that start together find each other.
   *
   * @default 0
   */
  recheckAfter?: number | undefined;
}

/** Options of `update`. */
export interface UpdateOptions extends CallOptions {
  /**
   * Allows a write that makes some event arrive twice.
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
   * Treats a missing subscription as deleted.
   *
   * @default false
   */
  ignoreMissing?: boolean | undefined;
}

/** Options of `removeDuplicates`. */
export interface RemoveDuplicatesOptions extends CallOptions {
  /**
   * Reports the subscriptions that would be deleted, and deletes nothing.
   *
   * @default false
   */
  dryRun?: boolean | undefined;
}

/**
 * The webhook subscriptions of the account. `Name` is the type of event names: the names of the
 * specification, or any string with `allowUnknownEvents`.
 *
 * Every method may throw `LinqApiError`, `LinqConnectionError`, `LinqTimeoutError`,
 * `UnexpectedRedirectError`, `InvalidResponseError`, `InvalidInputError` (for an invalid argument, before
 * anything is sent) and the reason of its `signal`. Each method lists its further errors.
 */
export interface WebhookSubscriptions<Name extends string = EventName> {
  /**
   * Returns all subscriptions that the token can see, including those of other people. It never returns a
   * partial list.
   */
  readonly list: (options?: CallOptions) => Promise<WebhookSubscription[]>;

  /**
   * Returns one subscription. It reads the whole list, because the API has no request for one.
   *
   * @throws {SubscriptionNotFoundError} when no subscription has this id.
   */
  readonly get: (id: number, options?: CallOptions) => Promise<WebhookSubscription>;

  /**
   * Creates one subscription, unless it would deliver an event twice. If the server stores other values
   * than were sent, the call deletes the subscription again.
   *
   * @throws {DuplicateSubscriptionError} when an active subscription already delivers some of the
   * events to the URL, or another client was first.
   * @throws {InvalidInputError} also when a subscription has the URL in another spelling, unless
   * `allowDuplicate` is set; nothing was created then.
   * @throws {InvalidResponseError} also when the server has stored other values than were sent.
   * @throws {CreateOutcomeUnknownError} when it is unknown whether the subscription exists.
   */
  readonly create: (
    input: WebhookSubscriptionInput<Name>,
    options?: CreateOptions,
  ) => Promise<WebhookSubscription>;

  /**
   * Makes sure that each event of the input reaches the URL exactly once. It adds missing events, removes
   * duplicates, and writes nothing if nothing is wrong, so every replica can call it at every start. If two
   * subscriptions deliver an event, the lower id keeps it. The call does not change inactive subscriptions,
   * or those that may belong to somebody else: a subscription that also delivers events outside the input
   * never gets its secret.
   *
   * @throws {DuplicateSubscriptionError} when it would have to change a subscription that has a secret while
   * the input has none, or one that may belong to somebody else. The message names it and says what to do.
   * @throws {InvalidInputError} also when a subscription has the URL in another spelling.
   * @throws {InvalidResponseError} also when the server has stored other values than were sent, or the list
   * never shows a write.
   * @throws {SecretLostError} when an update left a subscription without its secret.
   * @throws {CreateOutcomeUnknownError} when it is unknown whether a posted subscription exists.
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
   * Changes some fields of a subscription: it reads the subscription, merges the fields, and writes it as a
   * whole, under the same guard as `create`. The API does not say whether an update without `secret` keeps
   * the stored one. If the call adds events, it checks once more 1.5 s later, because a pending write of
   * another client may have removed them.
   *
   * @throws {SubscriptionNotFoundError} when no subscription has this id.
   * @throws {DuplicateSubscriptionError} when the change would make an event arrive twice.
   * @throws {SecretLostError} when the change left the subscription without its secret.
   */
  readonly update: (
    id: number,
    patch: WebhookSubscriptionPatch<Name>,
    options?: UpdateOptions,
  ) => Promise<WebhookSubscription>;

  /**
   * Writes a new secret to every active subscription of a URL, because they share one receiver, and changes
   * nothing else. Inactive subscriptions keep their secrets: use `update` before you activate them. First
   * make the receiver accept the new secret in addition to the old one. If the call fails, some
   * subscriptions may already have the new secret; a second call writes all of them again.
   *
   * @returns `updated`, with the subscriptions that got the secret.
   * @throws {SubscriptionNotFoundError} when the URL has no active subscription; nothing was written
   * then. If the error has an `id`, that subscription was deleted meanwhile.
   * @throws {SecretLostError} when an update left a subscription without its secret.
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
   * @throws {SubscriptionNotFoundError} when no subscription has this id, unless `ignoreMissing` is set.
   * @throws {LinqApiError} also for a 404 if the list still shows the subscription.
   */
  readonly delete: (id: number, options?: DeleteOptions) => Promise<void>;

  /** Returns the groups of active subscriptions that deliver some event to the same URL more than once. */
  readonly findDuplicates: (options?: CallOptions) => Promise<DuplicateGroup[]>;

  /**
   * Deletes each subscription whose events are all delivered by lower ids. Subscriptions that only overlap,
   * or that have a secret while a lower id has none, stay and are reported. It follows the same rule as
   * `ensure`, so both can run at any time on any number of machines.
   */
  readonly removeDuplicates: (options?: RemoveDuplicatesOptions) => Promise<RemoveDuplicatesResult>;
}
