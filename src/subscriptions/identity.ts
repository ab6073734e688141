import type { WebhookSubscription } from "./subscription.js";

/**
 * What makes two subscriptions duplicates: both active, the same URL, and a shared event. Guard,
 * sync and command line all ask here.
 */

/** The URL as deliveries see it: as WHATWG URLs compare, without the fragment, which is never sent. */
export function addressOf(webhookUrl: string): string {
  if (!URL.canParse(webhookUrl)) return webhookUrl;
  // There is no other "#" in what a URL writes, and this also takes a lone one.
  return new URL(webhookUrl).href.replace(/#.*/, "");
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

/** Sorts active subscriptions before the others, which deliver nothing. */
export function byActive(a: WebhookSubscription, b: WebhookSubscription): number {
  return Number(b.active) - Number(a.active);
}

/**
 * Sorts the subscription to keep first: one with a secret, since its deliveries are signed, then the
 * one that delivered last, then the lowest id.
 */
export function byWorthKeeping(a: WebhookSubscription, b: WebhookSubscription): number {
  return (
    Number(b.secret_configured === true) - Number(a.secret_configured === true) ||
    deliveredAt(b) - deliveredAt(a) ||
    a.id - b.id
  );
}

function deliveredAt({ last_delivered_at }: WebhookSubscription): number {
  return Date.parse(last_delivered_at ?? "") || 0;
}
