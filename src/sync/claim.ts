import { addressOf } from "../subscriptions/identity.js";
import type { WebhookSubscription } from "../subscriptions/subscription.js";
import type { Entry } from "./desired.js";
import { createMatcher } from "./pattern.js";

/** The subscriptions that an entry manages. */
export interface Claim {
  readonly entry: Entry;
  /** The subscriptions at its URL. */
  readonly own: WebhookSubscription[];
  /** The subscriptions that it takes over. */
  readonly replaced: WebhookSubscription[];
}

/** A list of subscriptions, grouped by the entries that manage them. */
export interface Claims {
  /** In the order of the entries. */
  readonly claims: readonly Claim[];
  /** The subscriptions in the pruned scope that no entry claims. */
  readonly unclaimed: readonly WebhookSubscription[];
  /** All of these; the plan does not concern the rest of the list. */
  readonly concerned: readonly WebhookSubscription[];
}

/** Creates a function that groups a list by entry, in a single pass. */
export function createClaim(
  entries: readonly Entry[],
  isPruned: (address: string) => boolean,
): (subscriptions: readonly WebhookSubscription[]) => Claims {
  const indexes = new Map(entries.map(({ address }, index) => [address, index]));
  const findReplacing = createMatcher(entries.map(({ replaces }) => replaces));

  return (subscriptions) => {
    const claims = entries.map((entry): Claim => ({ entry, own: [], replaced: [] }));
    const unclaimed: WebhookSubscription[] = [];
    const concerned = subscriptions.filter((subscription) => {
      const address = addressOf(subscription.webhook_url);
      const index = indexes.get(address);
      const group =
        index === undefined
          ? (claims[findReplacing(address)]?.replaced ??
            (isPruned(address) ? unclaimed : undefined))
          : claims[index]?.own;
      group?.push(subscription);
      return group !== undefined;
    });
    return { claims, unclaimed, concerned };
  };
}
