import { Redis } from "ioredis";
import pg from "pg";
import postgres from "postgres";
import { createClient } from "redis";
import {
  createPostgresStore,
  createRedisStore,
  type PostgresStore,
  type PostgresStoreOptions,
  type RedisStoreOptions,
} from "linq-webhooks/stores";
import type { DeliveryStore } from "linq-webhooks/receiver";

/** A store with its own connection. */
export interface Connected<Store extends DeliveryStore = DeliveryStore> {
  readonly store: Store;
  readonly close: () => Promise<void>;
}

/** Connects a store. */
export type Connect<Options, Store extends DeliveryStore> = (
  url: string,
  options?: Options,
) => Promise<Connected<Store>>;

/** The clients of Redis that people use, each with the line that the manual gives for it. */
export const REDIS_CLIENTS: readonly (readonly [
  name: string,
  connect: Connect<RedisStoreOptions, DeliveryStore>,
])[] = [
  ["ioredis", connectIoredis],
  ["node-redis", connectNodeRedis],
];

/** The same for Postgres. */
export const POSTGRES_CLIENTS: readonly (readonly [
  name: string,
  connect: Connect<PostgresStoreOptions, PostgresStore>,
])[] = [
  ["pg", connectPg],
  ["postgres.js", connectPostgresJs],
];

export function connectIoredis(url: string, options?: RedisStoreOptions): Promise<Connected> {
  const redis = new Redis(url, { maxRetriesPerRequest: 1 });
  redis.on("error", () => undefined);
  const store = createRedisStore(
    (script, keys, args) => redis.eval(script, keys.length, ...keys, ...args),
    options,
  );
  const close = (): Promise<void> => {
    redis.disconnect();
    return Promise.resolve();
  };
  return Promise.resolve({ store, close });
}

async function connectNodeRedis(url: string, options?: RedisStoreOptions): Promise<Connected> {
  const redis = createClient({ url });
  redis.on("error", () => undefined);
  await redis.connect();
  const store = createRedisStore(
    (script, keys, args) => redis.eval(script, { keys, arguments: args }),
    options,
  );
  const close = (): Promise<void> => {
    redis.destroy();
    return Promise.resolve();
  };
  return { store, close };
}

export function connectPg(
  url: string,
  options?: PostgresStoreOptions,
): Promise<Connected<PostgresStore>> {
  const pool = new pg.Pool({ connectionString: url, max: 10 });
  pool.on("error", () => undefined);
  const store = createPostgresStore(async (text, values) => {
    const { rows } = await pool.query<Record<string, unknown>>(text, values);
    return rows;
  }, options);
  return Promise.resolve({ store, close: () => pool.end() });
}

function connectPostgresJs(
  url: string,
  options?: PostgresStoreOptions,
): Promise<Connected<PostgresStore>> {
  const sql = postgres(url, { onnotice: () => undefined });
  const store = createPostgresStore((text, values) => sql.unsafe(text, values), options);
  return Promise.resolve({ store, close: () => sql.end({ timeout: 1 }) });
}
