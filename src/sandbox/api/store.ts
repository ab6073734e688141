import type { components } from "../../../generated/openapi.js";
import { createListView, type ListView } from "./list-view.js";

/** A subscription as the API returns it: with every field that the document knows, and no secret. */
export type SandboxSubscription = Required<components["schemas"]["WebhookSubscription"]>;

type Input = components["schemas"]["WebhookSubscriptionInput"];

type Certain = "webhook_url" | "version" | "events" | "active" | "secret";

/**
 * What a caller decides about a subscription. An empty secret is none; of what the specification has
 * gained beside the certain fields, anything may be left out.
 */
type Settings = Required<Pick<Input, Certain>> & {
  [Field in keyof Input as Exclude<Field, Certain>]?: Input[Field] | undefined;
};

/** A subscription as it is kept, secret included; it never leaves the sandbox. */
export interface Entry extends Settings {
  readonly id: number;
  /** Whether lists show it yet. */
  isListed: boolean;
  lastDeliveredAt: string | null;
  deliveryAttempts: number;
  readonly createdAt: string;
  updatedAt: string;
}

/** Keeps the subscriptions. Ids ascend from 1 and are never given twice. */
export interface Store {
  add(settings: Settings): Entry;
  find(id: number): Entry | undefined;
  /** The one that was added last, unless it is gone. */
  findNewest(): Entry | undefined;
  update(entry: Entry, settings: Settings): void;
  remove(entry: Entry): void;
  /** Counts an attempt to deliver to a subscription. */
  recordAttempt(entry: Entry, isDelivered: boolean): void;
  /** The active subscriptions that ask for an event, by ascending id. */
  findSubscribers(event: string): Entry[];
  /** A subscription as the API returns it; a copy. */
  present(entry: Entry): SandboxSubscription;
  /** The subscriptions that the API lists, as it returns them, by ascending id. */
  list(): SandboxSubscription[];
  /** The same with those that it does not list yet. */
  listAll(): SandboxSubscription[];
  /** A store of its own with the same content, to see what would happen. */
  copy(): Store;
}

/** @param listLag - how old the list is, in ms; it may change at any time. */
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

/** Takes every setting, so that what is left out is gone, and nothing else, such as an id. */
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
