import type { components } from "../../../generated/openapi.js";
import { createListView, type ListView } from "./list-view.js";

/** A subscription as the API returns it: with all fields of the document, and without the secret. */
export type SandboxSubscription = Required<components["schemas"]["WebhookSubscription"]>;

type Input = components["schemas"]["WebhookSubscriptionInput"];

type Certain = "webhook_url" | "version" | "events" | "active" | "secret";

/**
 * The fields of a subscription that a caller sets. An empty secret means no secret. Fields that were
 * added to the specification later may be left out.
 */
type Settings = Required<Pick<Input, Certain>> & {
  [Field in keyof Input as Exclude<Field, Certain>]?: Input[Field] | undefined;
};

/** A subscription as it is stored, with its secret; it never leaves the sandbox. */
export interface Entry extends Settings {
  readonly id: number;
  /** Whether lists show it yet. */
  isListed: boolean;
  lastDeliveredAt: string | null;
  deliveryAttempts: number;
  readonly createdAt: string;
  updatedAt: string;
}

/** Stores the subscriptions. Ids ascend from 1 and are never reused. */
export interface Store {
  add(settings: Settings): Entry;
  find(id: number): Entry | undefined;
  /** The subscription that was added last, unless it has been removed. */
  findNewest(): Entry | undefined;
  update(entry: Entry, settings: Settings): void;
  remove(entry: Entry): void;
  /** Counts an attempt to deliver to a subscription. */
  recordAttempt(entry: Entry, isDelivered: boolean): void;
  /** The active subscriptions to an event, by ascending id. */
  findSubscribers(event: string): Entry[];
  /** A subscription as the API returns it; a copy. */
  present(entry: Entry): SandboxSubscription;
  /** The subscriptions that the API lists, as it returns them, by ascending id. */
  list(): SandboxSubscription[];
  /** The same, including subscriptions that are not listed yet. */
  listAll(): SandboxSubscription[];
  /** An independent store with the same content, to find out the answer without a write. */
  copy(): Store;
}

/** @param listLag - returns how far the list lags behind, in ms; it may change at any time. */
export function createStore(
  now: () => number,
  listLag: () => number,
  content: StoreContent = { lastId: 0, entries: [], view: createListView(listLag, now) },
): Store {
  const entries = new Map(content.entries.map((entry) => [entry.id, { ...entry }]));
  const timestamp = (): string => new Date(now()).toISOString();
  const { view } = content;
  let { lastId } = content;
  const note = (entry: Entry): void => {
    view.note(entry.id, entries.has(entry.id) ? present(entry) : undefined);
  };

  return {
    add: (settings) => {
      const createdAt = timestamp();
      const entry: Entry = {
        ...pickSettings(settings),
        id: ++lastId,
        isListed: true,
        lastDeliveredAt: null,
        deliveryAttempts: 0,
        createdAt,
        updatedAt: createdAt,
      };
      entries.set(entry.id, entry);
      note(entry);
      return entry;
    },
    find: (id) => entries.get(id),
    findNewest: () => entries.get(lastId),
    update: (entry, settings) => {
      Object.assign(entry, pickSettings(settings), { updatedAt: timestamp() });
      note(entry);
    },
    remove: (entry) => {
      entries.delete(entry.id);
      note(entry);
    },
    recordAttempt: (entry, isDelivered) => {
      entry.deliveryAttempts += 1;
      if (isDelivered) entry.lastDeliveredAt = timestamp();
      note(entry);
    },
    findSubscribers: (event) =>
      [...entries.values()].filter(({ active, events }) => {
        const names: readonly string[] = events;
        return active && names.includes(event);
      }),
    present,
    list: () =>
      listLag() > 0
        ? view.list().filter(({ id }) => entries.get(id)?.isListed !== false)
        : [...entries.values()].filter(({ isListed }) => isListed).map(present),
    listAll: () => [...entries.values()].map(present),
    copy: () =>
      createStore(now, listLag, { lastId, entries: [...entries.values()], view: view.copy() }),
  };
}

interface StoreContent {
  readonly lastId: number;
  readonly entries: readonly Entry[];
  readonly view: ListView;
}

/** Picks every setting, so that those left out become undefined, and nothing else, such as an id. */
function pickSettings({ webhook_url, version, events, active, secret }: Settings): {
  [Field in keyof Required<Settings>]: Settings[Field];
} {
  return { webhook_url, version, events: [...events], active, secret };
}

function present(entry: Entry): SandboxSubscription {
  return {
    id: entry.id,
    webhook_url: entry.webhook_url,
    version: entry.version,
    events: [...entry.events],
    active: entry.active,
    secret_configured: entry.secret !== "",
    last_delivered_at: entry.lastDeliveredAt,
    delivery_attempts: entry.deliveryAttempts,
    created_at: entry.createdAt,
    updated_at: entry.updatedAt,
  };
}
