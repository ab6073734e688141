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
  /** What the first list has shown. */
  readonly first: Look;
  readonly findRespelled: ReturnType<typeof createSpellingSearch>;
  /** The fingerprint of the plan, and of what concerns it in another list. */
  readonly planned: string;
  readonly fingerprintOf: (list: readonly WebhookSubscription[]) => string;
  /** Until when, in ms of the clock. */
  readonly settlesAt: () => number;
  /** Notes when a subscription has gained events, on which no deletion may rely for a moment. */
  readonly noteGain: (before: WebhookSubscription, after: WebhookSubscription) => void;
}
