import type { FurtherFields } from "../subscriptions/input.js";
import type { WebhookSubscription } from "../subscriptions/subscription.js";

/**
 * What has to change. It can be shown, logged and sent anywhere, since it holds no secrets; only this
 * very object can be applied, since they are kept beside it.
 */
export interface SyncPlan {
  /**
   * One step for each entry, in their order, and then the deletions. Subscriptions that are neither at
   * a declared URL, nor replaced, nor in the scope of `prune` have none.
   */
  readonly steps: readonly SyncStep[];
  /**
   * Stands for what the plan found of the subscriptions that concern it: ids, URLs, events, `active`,
   * versions and whether there are secrets. Not for cryptography.
   */
  readonly fingerprint: string;
}

/** What a plan does about one subscription, told apart by `action`. */
export type SyncStep = SyncWrite | SyncKeep;

/** The steps that write. */
export type SyncWrite = SyncCreate | SyncUpdate | SyncDelete;

/** What an entry declares, with defaults filled in and without its secret. */
export interface SyncInput extends Readonly<FurtherFields> {
  readonly webhook_url: string;
  readonly events: readonly string[];
  readonly active: boolean;
  readonly version: number;
}

/** Creates what an entry declares. */
export interface SyncCreate {
  readonly action: "create";
  /** The URL as the entry has it. */
  readonly webhook_url: string;
  /** Why, in one sentence. */
  readonly reason: string;
  readonly input: SyncInput;
  /** Whether a secret is sent along. */
  readonly writesSecret: boolean;
}

/** Makes a subscription into what an entry declares. */
export interface SyncUpdate {
  readonly action: "update";
  /** The URL as the entry has it. */
  readonly webhook_url: string;
  /** Why, in one sentence. */
  readonly reason: string;
  /** The subscription as it is. */
  readonly current: WebhookSubscription;
  /** The fields that change. */
  readonly changes: readonly SyncChange[];
  readonly input: SyncInput;
  /** Whether a secret is sent along, be it a change or only not to lose the one that is there. */
  readonly writesSecret: boolean;
  /**
   * Whether this step will fail, with nothing sent, since the entry has no secret: the subscription
   * may have one, and the API does not say whether an update without it keeps it; or it has none, and
   * one that is to go has.
   */
  readonly needsSecret: boolean;
}

/** Deletes a subscription. */
export interface SyncDelete {
  readonly action: "delete";
  /** The URL as the subscription has it. */
  readonly webhook_url: string;
  /** Why, in one sentence. */
  readonly reason: string;
  /** The subscription as it is. */
  readonly current: WebhookSubscription;
}

/** Does nothing: the subscription is what an entry declares. */
export interface SyncKeep {
  readonly action: "keep";
  /** The URL as the entry has it. */
  readonly webhook_url: string;
  /** Why, in one sentence. */
  readonly reason: string;
  /** The subscription as it is. */
  readonly current: WebhookSubscription;
  readonly input: SyncInput;
}

/** One field that changes; events are sorted, and secrets are never shown. */
export type SyncChange =
  | { readonly field: "secret" }
  | {
      [Field in keyof SyncInput & keyof WebhookSubscription]: {
        readonly field: Field;
        readonly from: Readonly<WebhookSubscription[Field]>;
        readonly to: SyncInput[Field];
      };
    }[keyof SyncInput & keyof WebhookSubscription];
