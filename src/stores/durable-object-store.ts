import { checkKeys } from "../checks/check-keys.js";
import { checkPositive } from "../checks/check-positive.js";
import { InvalidInputError } from "../errors/invalid-input-error.js";
import type { ClaimOptions, DeliveryStore } from "../receiver/delivery-store.js";
import { A_WEEK, readClaim, toMilliseconds } from "./entry.js";

/**
 * The members of a Durable Object's `storage` that are used here.
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
 * The members of a binding to a class of Durable Objects that are used here.
 *
 * @inline
 */
interface ObjectNamespace {
  idFromName(name: string): unknown;
  get(id: never): { fetch(request: Request): Promise<Response> };
}

/** The value of a key: with an owner it is a claim, without one the event was handled. `until` is in ms since the epoch. */
interface Entry {
  readonly owner?: string;
  readonly until: number;
}

/**
 * Creates a {@link DeliveryStore} inside a Durable Object, on its storage. While an object waits for its
 * storage it receives no other event, so a read and the write after it are atomic. Expired entries are
 * ignored but stay in the storage; {@link DeliveryStoreObject} deletes them.
 *
 * @throws {InvalidInputError} when `storage` is not the storage of a Durable Object.
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
 * The class of Durable Objects that serves {@link createDurableObjectStore} to workers. Export it from
 * your worker, and bind it. Each delivery has its own object, which deletes its entry after it expires.
 */
export class DeliveryStoreObject {
  readonly #storage: ObjectStorage;
  readonly #store: DeliveryStore;

  constructor({ storage }: { readonly storage: ObjectStorage }) {
    this.#storage = storage;
    this.#store = createDurableObjectStore(storage);
  }

  /** Answers the requests of {@link connectDurableObjectStore}. */
  async fetch(request: Request): Promise<Response> {
    const { operation, key, options } = (await request.json()) as Message;
    const result = await this.#store[operation](key, options);
    await this.alarm();
    return Response.json(result ?? null);
  }

  /** Deletes expired entries, and sets an alarm for the time at which the next entry expires. */
  async alarm(): Promise<void> {
    const entries = [...(await this.#storage.list())] as [string, Entry][];
    const now = Date.now();
    for (const [key, { until }] of entries) if (until <= now) await this.#storage.delete(key);
    const left = entries.map(([, { until }]) => until).filter((until) => until > now);
    if (left.length > 0) await this.#storage.setAlarm(Math.min(...left));
  }
}

/** A call of a store function, as it is sent to an object. */
interface Message {
  readonly operation: "claim" | "complete" | "release";
  readonly key: string;
  readonly options: ClaimOptions;
}

/** The options of {@link connectDurableObjectStore}. */
export interface DurableObjectStoreOptions {
  /**
   * How long to remember that an event was handled, in ms, unless the receiver sets `completedTtl`.
   *
   * @default 604_800_000 (7 days)
   */
  remember?: number | undefined;
}

/**
 * Creates the {@link DeliveryStore} of a worker. An object of the class {@link DeliveryStoreObject}
 * stores each delivery.
 *
 * @param namespace - the binding to that class, such as `env.DELIVERIES`.
 * @throws {InvalidInputError} when `namespace` is not such a binding, or an option is invalid.
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
    // The type of an id is unknown here, but the binding accepts the ids that it creates.
    const stub = namespace.get(namespace.idFromName(message.key) as never);
    const { ttl } = message.options;
    // JSON cannot represent Infinity.
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

/** Lets the members of an unchecked value be read. */
function readObject<T extends object>(value: unknown): Partial<T> {
  return typeof value === "object" && value !== null ? value : {};
}
