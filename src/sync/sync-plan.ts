import type { components } from "../../generated/openapi.js";
import type { WebhookSubscription } from "../subscriptions/subscription.js";

/**
 * The changes that have to be made. A plan contains no secrets, so you can show, log and send it. Only
 * the original object can be applied, not a copy, since its secrets are kept separately.
 */
export interface SyncPlan {
  /**
   * One step for each entry, in their order, and then the deletions. Subscriptions that are not at a
   * declared URL, replaced, or in the scope of `prune` have no step.
   */
  readonly steps: readonly SyncStep[];
  /**
   * A hash of the subscriptions that concern the plan: ids, URLs, events, `active`, versions and whether
   * they have secrets. It is not cryptographic.
   */
  readonly fingerprint: string;
}

/** What a plan does about one subscription, discriminated by `action`. */
export type SyncStep = {
  /** The URL of the entry; for a deletion, the URL of the subscription. */
  readonly webhook_url: string;
  /** Why, in one sentence. */
  readonly reason: string;
} & (
  | {
      /** Creates what an entry declares. */
      readonly action: "create";
      /** What the entry declares. */
      readonly input: Declared;
      /** Whether the step writes a secret. */
      readonly writesSecret: boolean;
    }
  | {
      /** Changes a subscription to what an entry declares. */
      readonly action: "update";
      /** The current subscription. */
      readonly current: WebhookSubscription;
      /** The fields that change; events are sorted, and secrets are never shown. */
      readonly changes: readonly FieldChange[];
      /** What the entry declares. */
      readonly input: Declared;
      /** Whether the step writes a secret, either to change it or to keep the stored one from being lost. */
      readonly writesSecret: boolean;
      /**
       * Whether this step will fail, with nothing sent, because the entry has no secret. Either the
       * subscription may have one, and the API does not say whether an update without a secret keeps it;
       * or it has none, and a subscription that will be deleted has one.
       */
      readonly needsSecret: boolean;
    }
  | {
      /** Deletes a subscription. */
      readonly action: "delete";
      /** The current subscription. */
      readonly current: WebhookSubscription;
    }
  | {
      /** Does nothing: the subscription is as declared. */
      readonly action: "keep";
      /** The current subscription. */
      readonly current: WebhookSubscription;
      /** What the entry declares. */
      readonly input: Declared;
    }
);

/** The step of an action, or of several actions. */
export type StepOf<Action extends SyncStep["action"]> = Extract<
  SyncStep,
  { readonly action: Action }
>;

/** The steps that write. */
export type WritingStep = Exclude<SyncStep, { readonly action: "keep" }>;

/** One field that an update changes. */
export type Change = StepOf<"update">["changes"][number];

// The following types are part of public types but have no public names. They are not exported, so that
// the compiler writes them out in the declarations of users.

/**
 * What an entry declares, with defaults filled in and without its secret.
 *
 * @inline
 */
type Declared = {
  readonly [Field in keyof Input as Exclude<Field, OwnField>]: Input[Field];
} & {
  /** Where deliveries go, as in the entry. */
  readonly webhook_url: string;
  /** The names of the events. */
  readonly events: readonly string[];
  /** Whether it delivers. */
  readonly active: boolean;
  /** The API version of the deliveries. */
  readonly version: number;
};

type Input = components["schemas"]["WebhookSubscriptionInput"];

/** Fields that are described above, and the secret, which no plan contains. */
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
        /** Its current value. */
        readonly from: Readonly<WebhookSubscription[Field]>;
        /** Its new value. */
        readonly to: Declared[Field];
      };
    }[keyof Declared & keyof WebhookSubscription];
