import { addressOf } from "./identity.js";
import { factsOf, type WebhookSubscription } from "./subscription.js";

/** A write that the server has confirmed but the list does not show yet. */
export interface Late {
  readonly kind: "created" | "updated" | "deleted";
  /** The subscription as it was written, or deleted. */
  readonly subscription: WebhookSubscription;
}

/** A list, corrected by the writes that the server has confirmed to this call. */
export interface Corrected {
  readonly subscriptions: WebhookSubscription[];
  /** The confirmed writes that the list does not show. */
  readonly late: readonly Late[];
}

/**
 * The writes that the server has confirmed to a call. They correct lists that may be older: a created
 * subscription exists, an updated one is as it was written, a deleted one is gone. Once a list has shown a
 * write, later lists are believed, except that a deleted subscription never returns.
 */
export interface Confirmed {
  readonly create: (subscription: WebhookSubscription) => void;
  readonly update: (before: WebhookSubscription, after: WebhookSubscription) => void;
  readonly delete: (subscription: WebhookSubscription) => void;
  readonly correct: (list: readonly WebhookSubscription[]) => Corrected;
  /** Stops waiting for a list to show a write: a creation counts for good, and an update is forgotten. */
  readonly settle: (late: Late) => void;
}

interface Entry extends Late {
  /** The states that a list from before the last update may still show. */
  readonly before: readonly WebhookSubscription[];
  readonly isSettled: boolean;
}

export function createConfirmed(): Confirmed {
  const entries = new Map<number, Entry>();
  const note = (kind: Late["kind"], subscription: WebhookSubscription, more = {}): void => {
    entries.set(subscription.id, { kind, subscription, before: [], isSettled: false, ...more });
  };

  return {
    create: (subscription) => {
      note("created", subscription);
    },
    update: (before, after) => {
      if (isSame(before, after)) return;
      const known = entries.get(after.id);
      const isNew = known?.kind === "created";
      note(isNew ? "created" : "updated", after, { before: [...(known?.before ?? []), before] });
    },
    delete: (subscription) => {
      note("deleted", subscription);
    },
    settle: ({ kind, subscription }) => {
      const entry = entries.get(subscription.id);
      if (kind === "updated") entries.delete(subscription.id);
      else if (entry) entries.set(subscription.id, { ...entry, isSettled: true });
    },
    correct: (list) => {
      if (entries.size === 0) return { subscriptions: [...list], late: [] };
      const late: Late[] = [];
      const shown = new Set<number>();
      const subscriptions = list.flatMap((subscription) => {
        const entry = entries.get(subscription.id);
        // Some servers reuse the id of a deleted subscription.
        const isAnother = entry?.subscription.created_at !== subscription.created_at;
        if (!entry || (entry.kind === "deleted" && isAnother)) return [subscription];
        shown.add(subscription.id);
        if (entry.kind === "deleted") {
          // Some servers keep a deleted subscription as an inactive one.
          if (subscription.active) late.push(entry);
          return [];
        }
        if (entry.before.some((before) => isSameVersionOf(before, subscription))) {
          late.push(entry);
          return [entry.subscription];
        }
        entries.delete(subscription.id);
        return [subscription];
      });
      for (const [id, entry] of entries) {
        if (shown.has(id)) continue;
        if (entry.kind === "updated") entries.delete(id);
        if (entry.kind !== "created") continue;
        subscriptions.push(entry.subscription);
        if (!entry.isSettled) late.push(entry);
      }
      return { subscriptions, late };
    },
  };
}

/** Whether a list shows the subscription in this earlier state, and nobody has changed it back since. */
function isSameVersionOf(before: WebhookSubscription, shown: WebhookSubscription): boolean {
  return isSame(before, shown) && before.updated_at === shown.updated_at;
}

/** Whether two states of a subscription have the same visible settings. */
function isSame(a: WebhookSubscription, b: WebhookSubscription): boolean {
  return settingsOf(a) === settingsOf(b);
}

function settingsOf(subscription: WebhookSubscription): string {
  return factsOf({ ...subscription, webhook_url: addressOf(subscription.webhook_url) });
}
