import { parseUrl } from "../checks/parse-url.js";
import type { WebhookSubscription } from "./subscription.js";

/**
 * What makes two subscriptions duplicates: both active, the same URL, and a shared event. Guard,
 * sync and command line all ask here.
 */

/** A URL that is written as the standard writes it, unless it has dots in special places. */
const PLAIN = /^https:\/\/[a-z\d.-]*\.[a-z][a-z-]*\/[\w~./-]*$/;

/** Where the standard does something about dots, and about names that hold other letters. */
const SPECIAL = /\/\.|xn--/;

/** The URL as deliveries see it: as WHATWG URLs compare, without the fragment, which is never sent. */
export function addressOf(webhookUrl: string): string {
  // Most are, and to find that out takes a tenth of the time.
  if (PLAIN.test(webhookUrl) && !SPECIAL.test(webhookUrl)) return webhookUrl;
  // There is no other "#" in what a URL writes, and this also takes a lone one.
  return parseUrl(webhookUrl)?.href.replace(/#.*/, "") ?? webhookUrl;
}

/** The active subscriptions of a URL, lowest id first. */
export function activeAt(
  webhookUrl: string,
  subscriptions: readonly WebhookSubscription[],
): WebhookSubscription[] {
  const address = addressOf(webhookUrl);
  return subscriptions
    .filter(({ active, webhook_url }) => active && addressOf(webhook_url) === address)
    .sort((a, b) => a.id - b.id);
}

/** The events of `wanted` that some of the subscriptions deliver, and those subscriptions. */
export function findConflicts(
  wanted: Iterable<string>,
  subscriptions: readonly WebhookSubscription[],
): { existing: WebhookSubscription[]; sharedEvents: string[] } {
  const sharedEvents = [...new Set(wanted)].filter((event) =>
    subscriptions.some(({ events }) => events.includes(event)),
  );
  const existing = subscriptions.filter(({ events }) =>
    events.some((event) => sharedEvents.includes(event)),
  );
  return { existing, sharedEvents };
}

/** Whether two lists name the same events; order and repeats do not matter. */
export function sameEvents(a: readonly string[], b: readonly string[]): boolean {
  const [left, right] = [new Set(a), new Set(b)];
  return left.size === right.size && [...left].every((member) => right.has(member));
}

/** A subscription, and what the rule leaves it. */
export interface Share {
  readonly subscription: WebhookSubscription;
  /** The events that it goes on delivering, each once. */
  readonly kept: readonly string[];
  /** The events that it gives up, and for each the subscription that keeps it. */
  readonly givenUp: ReadonlyMap<string, WebhookSubscription>;
}

/**
 * The rule of everybody who writes: the lowest id that delivers an event keeps it. Only the id
 * decides, which never changes and which everybody sees; so whoever looks draws the same conclusion,
 * and no two writers ever take the same event off each other's subscriptions.
 *
 * @param subscriptions The active subscriptions of one URL, lowest id first.
 * @param isGuarded Whether an event must not arrive twice; the others are left where they are.
 */
export function divideEvents(
  subscriptions: readonly WebhookSubscription[],
  isGuarded: (event: string) => boolean,
): Share[] {
  const keepers = new Map<string, WebhookSubscription>();
  return subscriptions.map((subscription) => {
    const kept: string[] = [];
    const givenUp = new Map<string, WebhookSubscription>();
    for (const event of new Set(subscription.events)) {
      const keeper = isGuarded(event) ? keepers.get(event) : undefined;
      if (keeper) givenUp.set(event, keeper);
      else kept.push(event);
    }
    for (const event of kept) if (!keepers.has(event)) keepers.set(event, subscription);
    return { subscription, kept, givenUp };
  });
}

/**
 * The same rule for one who wants a single subscription: the active one with the lowest id that
 * delivers some of the events, or else the one with the lowest id.
 */
export function findKeeper(
  events: readonly string[],
  subscriptions: readonly WebhookSubscription[],
): WebhookSubscription | undefined {
  const active = subscriptions.filter((subscription) => subscription.active);
  active.sort((a, b) => a.id - b.id);
  return findConflicts(events, active).existing[0] ?? active[0];
}
