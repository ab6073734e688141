import type { Confirmed } from "../subscriptions/confirmed.js";
import type { Context } from "../subscriptions/context.js";
import type { createSpellingSearch } from "../subscriptions/spelling.js";
import type { WebhookSubscription } from "../subscriptions/subscription.js";
import type { Look, Looks } from "./looks.js";

/** What the steps of one plan share while it is applied. */
export interface Application {
  readonly context: Context;
  readonly confirmed: Confirmed;
  readonly looks: Looks;
  /** The first list. */
  readonly first: Look;
  readonly findRespelled: ReturnType<typeof createSpellingSearch>;
  /** The fingerprint of the plan. */
  readonly planned: string;
  /** The fingerprint of another list, of the subscriptions that concern the plan. */
  readonly fingerprintOf: (list: readonly WebhookSubscription[]) => string;
  /** When deletions may begin, in ms of the clock. */
  readonly settlesAt: () => number;
  /** Records that a subscription may have gained events; deletions must wait before they rely on them. */
  readonly noteGain: (before: WebhookSubscription, after: WebhookSubscription) => void;
}
