import type { Confirmed, Late } from "../subscriptions/confirmed.js";
import { addressOf } from "../subscriptions/identity.js";
import { MAX_LOOK_AGE } from "../subscriptions/pauses.js";
import type { WebhookSubscription } from "../subscriptions/subscription.js";

/** One list, corrected by the writes since. */
export interface Look {
  readonly list: readonly WebhookSubscription[];
  readonly late: readonly Late[];
  /** Until when writes may rely on it, in ms of the clock. */
  readonly freshUntil: number;
  readonly find: (id: number) => WebhookSubscription | undefined;
  /** The active subscriptions of an address. */
  readonly activeAt: (address: string) => readonly WebhookSubscription[];
}

/** The lists that all steps share. */
export interface Looks {
  /** A list that is fresh enough for a write. Concurrent callers share one request. */
  readonly fresh: () => Promise<Look>;
  /** A list whose request begins now. */
  readonly next: (signal?: AbortSignal) => Promise<Look>;
  /** Discards the last list, since a write has found a different state. */
  readonly expire: () => void;
}

/** @param list - reads the list, and rejects with the signal's reason when it aborts. */
export function createLooks(
  list: (signal?: AbortSignal) => Promise<WebhookSubscription[]>,
  confirmed: Confirmed,
  now: () => number,
): Looks {
  let last: Look | undefined;
  let running: Promise<Look> | undefined;

  const next = async (signal?: AbortSignal): Promise<Look> => {
    const { subscriptions, late } = confirmed.correct(await list(signal));
    last = createLook(subscriptions, late, now() + MAX_LOOK_AGE);
    return last;
  };
  return {
    next,
    expire: () => {
      last = undefined;
    },
    fresh: async () => {
      if (last && now() <= last.freshUntil) return last;
      running ??= next().finally(() => {
        running = undefined;
      });
      return running;
    },
  };
}

function createLook(
  list: readonly WebhookSubscription[],
  late: readonly Late[],
  freshUntil: number,
): Look {
  // Created on demand, since many plans need only one of them.
  let byId: Map<number, WebhookSubscription> | undefined;
  let byAddress: Map<string, WebhookSubscription[]> | undefined;
  return {
    list,
    late,
    freshUntil,
    find: (id) =>
      (byId ??= new Map(list.map((subscription) => [subscription.id, subscription]))).get(id),
    activeAt: (address) => (byAddress ??= groupByAddress(list)).get(address) ?? [],
  };
}

function groupByAddress(list: readonly WebhookSubscription[]): Map<string, WebhookSubscription[]> {
  const groups = new Map<string, WebhookSubscription[]>();
  for (const subscription of list) {
    if (!subscription.active) continue;
    const address = addressOf(subscription.webhook_url);
    const group = groups.get(address);
    if (group) group.push(subscription);
    else groups.set(address, [subscription]);
  }
  return groups;
}
