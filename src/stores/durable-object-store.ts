import { checkKeys } from "../checks/check-keys.js";
import { checkPositive } from "../checks/check-positive.js";
import { InvalidInputError } from "../errors/invalid-input-error.js";
import type { ClaimOptions, DeliveryStore } from "../receiver/delivery-store.js";
import { A_WEEK, readClaim, toMilliseconds } from "./entry.js";

/**
 * What of a Durable Object's `storage` is used.
 *
 * @inline
 */
interface ObjectStorage {
  get(key: string): Promise<unknown>;
  put(key: string, value: unknown): Promise<void>;
  delete(key: string): Promise<boolean>;
  list(): Promise<ReadonlyMap<string, unknown>>;
  setAlarm(time: number): Promise<void>;
}

/**
 * What of a binding to a class of Durable Objects is used.
 *
 * @inline
 */
interface ObjectNamespace {
  idFromName(name: string): unknown;
  get(id: never): { fetch(request: Request): Promise<Response> };
}

/** What is stored under a key: whose claim it is, or that it was handled; and until when, in ms since the epoch. */
interface Entry {
  readonly owner?: string;
  readonly until: number;
}

/**
 * Makes a {@link DeliveryStore} inside a Durable Object, on its storage. While an object waits for its
 * storage it gets no other event, so nobody comes between a look and a write. What has run out counts as
 * gone, and stays where it is; {@link DeliveryStoreObject} deletes it.
 *
 * @throws {InvalidInputError} when it is no storage.
 */
export function createDurableObjectStore(storage: ObjectStorage): DeliveryStore {
  checkStorage(storage);
  const find = async (key: string): Promise<Entry | undefined> => {
    const entry = (await storage.get(key)) as Entry | undefined;
    return entry && entry.until > Date.now() ? entry : undefined;
  };
  const until = (ttl: number): number => Date.now() + toMilliseconds(ttl);
  return {
    claim: async (key, { owner, ttl }) => {
      const entry = await find(key);
      if (entry && entry.owner === undefined) return "completed";
      if (entry && entry.owner !== owner) return "pending";
      await storage.put(key, { owner, until: until(ttl) });
      return "claimed";
    },
    complete: async (key, { owner, ttl }) => {
      const entry = await find(key);
      if (entry && entry.owner !== owner) return;
      await storage.put(key, { until: until(ttl) });
    },
    release: async (key, { owner }) => {
      const entry = await find(key);
      if (entry?.owner === owner) await storage.delete(key);
    },
  };
}

/**
 * The class of Durable Objects that serves {@link createDurableObjectStore} to workers; export it from
 * yours, and bind it. Each delivery has an object of its own, which is empty again when it may be
 * forgotten.
 */
export class DeliveryStoreObject {
  readonly #storage: ObjectStorage;
  readonly #store: DeliveryStore;

  constructor({ storage }: { readonly storage: ObjectStorage }) {
    this.#storage = storage;
    this.#store = createDurableObjectStore(storage);
  }

  /** Answers {@link connectDurableObjectStore}. */
  async fetch(request: Request): Promise<Response> {
    const { operation, key, options } = (await request.json()) as Message;
    const result = await this.#store[operation](key, options);
    await this.alarm();
    return Response.json(result ?? null);
  }

  /** Deletes what has run out, and sets the next alarm for when something else does. */
  async alarm(): Promise<void> {
    const entries = [...(await this.#storage.list())] as [string, Entry][];
    const now = Date.now();
    for (const [key, { until }] of entries) if (until <= now) await this.#storage.delete(key);
    const left = entries.map(([, { until }]) => until).filter((until) => until > now);
    if (left.length > 0) await this.#storage.setAlarm(Math.min(...left));
  }
}

/** One call of a store, on its way to an object. */
interface Message {
  readonly operation: "claim" | "complete" | "release";
  readonly key: string;
  readonly options: ClaimOptions;
}

/** How a {@link connectDurableObjectStore} keeps what it remembers. */
export interface DurableObjectStoreOptions {
  /**
   * How long to remember that an event was handled, in ms, unless the receiver's `completedTtl` says it.
   *
   * @default 604_800_000 (7 days)
   */
  remember?: number | undefined;
}

/**
 * Makes the {@link DeliveryStore} of a worker: each delivery is kept by an object of the class
 * {@link DeliveryStoreObject}.
 *
 * @param namespace - the binding to that class, such as `env.DELIVERIES`.
 * @throws {InvalidInputError} when it is no such binding, or an option is not usable.
 */
export function connectDurableObjectStore(
  namespace: ObjectNamespace,
  options: DurableObjectStoreOptions = {},
): DeliveryStore {
  const { remember = A_WEEK } = checkKeys("options", options, ["remember"]);
  checkPositive({ remember });
  const { idFromName, get } = readObject<ObjectNamespace>(namespace);
  if (typeof idFromName !== "function" || typeof get !== "function") {
    throw new InvalidInputError(
      "namespace",
      "a binding to `DeliveryStoreObject`, such as `env.DELIVERIES`",
    );
  }
  const call = async (message: Message): Promise<unknown> => {
    // The class has made it, so it takes it back.
    const stub = namespace.get(namespace.idFromName(message.key) as never);
    const { ttl } = message.options;
    // JSON knows no infinity.
    const options = { ...message.options, ttl: toMilliseconds(ttl) };
    const body = JSON.stringify({ ...message, options });
    const response = await stub.fetch(new Request("https://store/", { method: "POST", body }));
    if (response.ok) return response.json();
    throw new Error(`the Durable Object answered ${response.status}`);
  };
  return {
    remember,
    claim: async (key, options) =>
      readClaim(await call({ operation: "claim", key, options }), "namespace", HINT),
    complete: (key, options) => call({ operation: "complete", key, options }),
    release: (key, { owner }) => call({ operation: "release", key, options: { owner, ttl: 0 } }),
  };
}

const HINT = "bind the class `DeliveryStoreObject`";

function checkStorage(storage: ObjectStorage): void {
  const { get, put, delete: remove, list, setAlarm } = readObject<ObjectStorage>(storage);
  if ([get, put, remove, list, setAlarm].every((value) => typeof value === "function")) return;
  throw new InvalidInputError("storage", "the `storage` of a Durable Object's state");
}

/** Looks into what may be nothing of the kind. */
function readObject<T extends object>(value: unknown): Partial<T> {
  return typeof value === "object" && value !== null ? value : {};
}
