import { Redis } from "ioredis";
import pg from "pg";
import type { DeliveryStore } from "linq-webhooks/receiver";
import {
  type DatabaseServer,
  startPostgres,
  startRedis,
} from "../../test/support/database-server.js";
import { built } from "./built.js";
import { median, type Timing } from "./measure.js";

const ROUNDS = 9;
const PAIRS = 400;
const DELIVERIES = 10_000;
const CONCURRENCY = 100;
const SECRET = "a secret for the benchmark";
const TTL = 60_000;

/** Compares a claim and its completion with two bare commands on the same connection. */
export async function benchStores(): Promise<Record<string, Timing[]>> {
  const tables: Record<string, Timing[]> = {};
  const redis = await startRedis();
  if (redis) Object.assign(tables, await benchRedis(redis).finally(redis.stop));
  const postgres = await startPostgres();
  if (postgres) Object.assign(tables, await benchPostgres(postgres).finally(postgres.stop));
  return tables;
}

async function benchRedis({ url }: DatabaseServer): Promise<Record<string, Timing[]>> {
  const { createRedisStore } = await built("stores/index.js");
  const redis = new Redis(url);
  const store = createRedisStore((script, keys, args) =>
    redis.eval(script, keys.length, ...keys, ...args),
  );
  const bare = async (key: string): Promise<void> => {
    await redis.set(`bare:${key}`, "claimed", "PX", TTL, "NX");
    await redis.set(`bare:${key}`, "completed", "PX", TTL);
  };
  const pair = await beside("two SETs", bare, store);
  const load = await receiveAll(store);
  redis.disconnect();
  return {
    "claim and complete on Redis": pair,
    [`receive with Redis, ${CONCURRENCY} at once: ${load.rate} a second`]: load.timings,
  };
}

async function benchPostgres({ url }: DatabaseServer): Promise<Record<string, Timing[]>> {
  const { createPostgresStore } = await built("stores/index.js");
  const client = new pg.Client(url);
  await client.connect();
  const store = createPostgresStore(async (text, values) => {
    const { rows } = await client.query<Record<string, unknown>>(text, values);
    return rows;
  });
  await client.query(store.migration);
  await client.query(
    'CREATE TABLE bare (key text COLLATE "C" PRIMARY KEY, owner text, expires_at timestamptz); CREATE INDEX ON bare (expires_at)',
  );
  const bare = async (key: string): Promise<void> => {
    await client.query(
      "INSERT INTO bare VALUES ($1, $2, now() + interval '1 minute') ON CONFLICT DO NOTHING",
      [key, "me"],
    );
    await client.query(
      "UPDATE bare SET owner = NULL, expires_at = now() + interval '1 week' WHERE key = $1 AND owner = $2",
      [key, "me"],
    );
  };
  const pair = await beside("an INSERT and an UPDATE", bare, store);
  await client.end();
  return { "claim and complete on Postgres": pair };
}

async function beside(
  name: string,
  bare: (key: string) => Promise<void>,
  store: DeliveryStore,
): Promise<Timing[]> {
  const claim = { owner: "me", ttl: TTL };
  const ours = async (key: string): Promise<void> => {
    await store.claim(key, claim);
    await store.complete(key, claim);
  };
  const times: [number, number][] = [];
  // The first round warms up.
  for (let round = 0; round <= ROUNDS; round++) {
    const pair: [number, number] = [await timeOf(bare, round), await timeOf(ours, round)];
    if (round > 0) times.push(pair);
  }
  return [
    { name, milliseconds: median(times.map(([time]) => time)) / PAIRS, ratio: 1 },
    {
      name: "linq-webhooks/stores",
      milliseconds: median(times.map(([, time]) => time)) / PAIRS,
      ratio: median(times.map(([base, time]) => time / base)),
    },
  ];
}

async function timeOf(task: (key: string) => Promise<void>, round: number): Promise<number> {
  const start = performance.now();
  for (let nth = 0; nth < PAIRS; nth++) await task(`event:${round}:${nth}`);
  return performance.now() - start;
}

/** A whole receiver in one process, with signed deliveries of new events. */
async function receiveAll(store: DeliveryStore): Promise<{ rate: string; timings: Timing[] }> {
  const { createReceiver, signBody } = await built("receiver/index.js");
  const receiver = createReceiver({
    secret: SECRET,
    store,
    on: { "message.read": () => undefined },
  });
  const deliveries = await Promise.all(
    Array.from({ length: DELIVERIES }, async (_, nth) => {
      const body = JSON.stringify({ event_type: "message.read", event_id: `e${nth}`, data: {} });
      return { body, headers: { "x-webhook-signature": await signBody(body, SECRET) } };
    }),
  );
  const queue = deliveries.values();
  const work = async (): Promise<void> => {
    for (const delivery of queue) {
      const { outcome } = await receiver.receive(delivery);
      if (outcome !== "handled") throw new Error(`it was ${outcome}`);
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  const milliseconds = (performance.now() - start) / DELIVERIES;
  return {
    rate: Math.round(1_000 / milliseconds).toLocaleString("en"),
    timings: [{ name: "linq-webhooks/receiver", milliseconds, ratio: NaN }],
  };
}
