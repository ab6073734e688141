import { parseUrl } from "../checks/parse-url.js";
import type { WebhookSubscription } from "./subscription.js";

/**
 * Two subscriptions are duplicates if both are active, and they have the same URL and share an event. The
 * guard, sync and the command line all use this file.
 */

/** A URL in its normal form, unless it matches {@link SPECIAL}. */
const PLAIN = /^https:\/\/[a-z\d.-]*\.[a-z][a-z-]*\/[\w~./-]*$/;

/** Dot segments and encoded host names, which the URL standard may rewrite. */
const SPECIAL = /\/\.|xn--/;

/** The normalised URL (WHATWG) without its fragment, which is never sent. */
export function addressOf(webhookUrl: string): string {
  // Most URLs are in normal form, and this test takes a tenth of the time.
  if (PLAIN.test(webhookUrl) && !SPECIAL.test(webhookUrl)) return webhookUrl;
  // A serialised URL has no other "#", and this also removes a lone one.
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

/** The wanted events that some of the subscriptions deliver, and these subscriptions. */
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

/** A subscription, and its events under the rule. */
export interface Share {
  readonly subscription: WebhookSubscription;
  /** The events that it keeps, without repeats. */
  readonly kept: readonly string[];
  /** The events that it gives up, each with the subscription that keeps it. */
  readonly givenUp: ReadonlyMap<string, WebhookSubscription>;
}

/**
 * The rule for every writer: the lowest id that delivers an event keeps it. Only the id decides. It never
 * changes, and every client sees it, so all clients draw the same conclusion, and no two of them remove
 * the same event from each other's subscriptions.
 *
 * @param subscriptions The active subscriptions of one URL, lowest id first.
 * @param isGuarded Whether an event must not arrive twice. Other events stay in all subscriptions.
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
 * The same rule for a single subscription: the active one with the lowest id that delivers some of the
 * events, or else the active one with the lowest id.
 */
export function findKeeper(
  events: readonly string[],
  subscriptions: readonly WebhookSubscription[],
): WebhookSubscription | undefined {
  const active = subscriptions.filter((subscription) => subscription.active);
  active.sort((a, b) => a.id - b.id);
  return findConflicts(events, active).existing[0] ?? active[0];
}
