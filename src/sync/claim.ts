import { addressOf } from "../subscriptions/identity.js";
import type { WebhookSubscription } from "../subscriptions/subscription.js";
import type { Entry } from "./desired.js";
import { createMatcher } from "./pattern.js";

/** The subscriptions that an entry has a say in. */
export interface Claim {
  readonly entry: Entry;
  /** Those at its URL. */
  readonly own: WebhookSubscription[];
  /** Those that it takes over. */
  readonly replaced: WebhookSubscription[];
}

/** A list of subscriptions, sorted by whose they are. */
export interface Claims {
  /** In the order of the entries. */
  readonly claims: readonly Claim[];
  /** Those in the pruned scope that no entry claims. */
  readonly unclaimed: readonly WebhookSubscription[];
  /** All of these together; the rest of the list is foreign. */
  readonly concerned: readonly WebhookSubscription[];
}

/** Makes a function that sorts lists by whose the subscriptions are, looking at each of them once. */
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
