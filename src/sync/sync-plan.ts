import type { components } from "../../generated/openapi.js";
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
export type SyncStep = {
  /** The URL as the entry has it; of a deletion, as the subscription has it. */
  readonly webhook_url: string;
  /** Why, in one sentence. */
  readonly reason: string;
} & (
  | {
      /** Creates what an entry declares. */
      readonly action: "create";
      /** What the entry declares. */
      readonly input: Declared;
      /** Whether a secret is sent along. */
      readonly writesSecret: boolean;
    }
  | {
      /** Makes a subscription into what an entry declares. */
      readonly action: "update";
      /** The subscription as it is. */
      readonly current: WebhookSubscription;
      /** The fields that change; events are sorted, and secrets are never shown. */
      readonly changes: readonly FieldChange[];
      /** What the entry declares. */
      readonly input: Declared;
      /** Whether a secret is sent along, be it a change or only not to lose the one that is there. */
      readonly writesSecret: boolean;
      /**
       * Whether this step will fail, with nothing sent, since the entry has no secret: the subscription
       * may have one, and the API does not say whether an update without it keeps it; or it has none,
       * and one that is to go has.
       */
      readonly needsSecret: boolean;
    }
  | {
      /** Deletes a subscription. */
      readonly action: "delete";
      /** The subscription as it is. */
      readonly current: WebhookSubscription;
    }
  | {
      /** Does nothing: the subscription is what an entry declares. */
      readonly action: "keep";
      /** The subscription as it is. */
      readonly current: WebhookSubscription;
      /** What the entry declares. */
      readonly input: Declared;
    }
);

/** The step of an action, or of several. */
export type StepOf<Action extends SyncStep["action"]> = Extract<
  SyncStep,
  { readonly action: Action }
>;

/** The steps that write. */
export type WritingStep = Exclude<SyncStep, { readonly action: "keep" }>;

/** One field that an update changes. */
export type Change = StepOf<"update">["changes"][number];

// What follows is part of a public type without a public name. It is not exported, so that the compiler
// writes it out in the declarations of users.

/**
 * What an entry declares, with defaults filled in and without its secret.
 *
 * @inline
 */
type Declared = {
  readonly [Field in keyof Input as Exclude<Field, OwnField>]: Input[Field];
} & {
  /** Where deliveries go, as the entry has it. */
  readonly webhook_url: string;
  /** The names of the events. */
  readonly events: readonly string[];
  /** Whether it delivers. */
  readonly active: boolean;
  /** The API version of the deliveries. */
  readonly version: number;
};

type Input = components["schemas"]["WebhookSubscriptionInput"];

/** Fields that have words of their own above, and the secret, which no plan holds. */
type OwnField = "webhook_url" | "events" | "active" | "version" | "secret";

/**
 * One field that changes.
 *
 * @inline
 */
type FieldChange =
  | {
      /** The secret is written. */
      readonly field: "secret";
    }
  | {
      [Field in keyof Declared & keyof WebhookSubscription]: {
        /** Its name. */
        readonly field: Field;
        /** What it is. */
        readonly from: Readonly<WebhookSubscription[Field]>;
        /** What it will be. */
        readonly to: Declared[Field];
      };
    }[keyof Declared & keyof WebhookSubscription];
