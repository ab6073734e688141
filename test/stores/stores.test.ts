import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { createPostgresStore, createRedisStore } from "linq-webhooks/stores";
import { createReceiver } from "linq-webhooks/receiver";
import { testDeliveryStore } from "linq-webhooks/testing";
import { deliver, SECRET } from "../receiver/delivery.js";
import { type DatabaseServer, startPostgres, startRedis } from "../support/database-server.js";
import { rejectionOf, thrownBy } from "../support/rejection.js";
import {
  type Connected,
  connectIoredis,
  connectPg,
  POSTGRES_CLIENTS,
  REDIS_CLIENTS,
} from "./connections.js";

const servers: {
  redis?: DatabaseServer | undefined;
  postgres?: DatabaseServer | undefined;
} = {};

beforeAll(async () => {
  const [redis, postgres] = await Promise.all([startRedis(), startPostgres()]);
  Object.assign(servers, { redis, postgres });
  if (!postgres) return;
  const { store, close } = await migrate(postgres.url);
  // The second migration changes nothing.
  await close();
  expect(store.remember).toBe(604_800_000);
  await (await migrate(postgres.url)).close();
});

afterAll(async () => {
  await servers.redis?.stop();
  await servers.postgres?.stop();
});

async function migrate(
  url: string,
  table?: string,
): Promise<Awaited<ReturnType<typeof connectPg>>> {
  const { default: pg } = await import("pg");
  const client = new pg.Client(url);
  await client.connect();
  const options = table === undefined ? {} : { table };
  const { store, close } = await connectPg(url, options);
  await client.query(store.migration);
  await client.end();
  return { store, close };
}

function keep<T extends Connected>(connected: T): T {
  onTestFinished(connected.close);
  return connected;
}

describe.each(REDIS_CLIENTS)("a store on Redis through %s", (_name, connect) => {
  it("satisfies the contract", async ({ skip }) => {
    if (!servers.redis) return skip();
    const { url } = servers.redis;
    const [one, two] = [keep(await connect(url)), keep(await connect(url))];
    await testDeliveryStore(one.store, two.store);
  });

  it("shares no keys with a store of another prefix", async ({ skip }) => {
    if (!servers.redis) return skip();
    const { url } = servers.redis;
    const one = keep(await connect(url, { prefix: "one:" }));
    const two = keep(await connect(url, { prefix: "two:" }));
    const claim = { owner: "me", ttl: 1_000 };
    expect(await one.store.claim("key", claim)).toBe("claimed");
    expect(await two.store.claim("key", { ...claim, owner: "you" })).toBe("claimed");
  });
});

describe("a script on Redis", () => {
  it("runs after the script cache has been flushed", async ({ skip }) => {
    if (!servers.redis) return skip();
    const redis = new Redis(servers.redis.url);
    onTestFinished(() => {
      redis.disconnect();
    });
    const store = createRedisStore((script, keys, args) =>
      redis.eval(script, keys.length, ...keys, ...args),
    );
    expect(await store.claim("flushed", { owner: "me", ttl: 60_000 })).toBe("claimed");
    await redis.script("FLUSH");
    expect(await store.claim("flushed", { owner: "you", ttl: 60_000 })).toBe("pending");
    await redis.script("FLUSH");
    await store.release("flushed", { owner: "me" });
    expect(await store.claim("flushed", { owner: "you", ttl: 60_000 })).toBe("claimed");
  });

  it("has and touches exactly one key, so that it has one slot on a cluster", async () => {
    const calls: { script: string; keys: string[] }[] = [];
    const store = createRedisStore((script, keys) => {
      calls.push({ script, keys });
      return Promise.resolve("claimed");
    });
    await store.claim("a", { owner: "me", ttl: 1 });
    await store.complete("a", { owner: "me", ttl: 1 });
    await store.release("a", { owner: "me" });
    expect(calls).toHaveLength(3);
    for (const { script, keys } of calls) {
      expect(keys).toEqual(["linq-webhooks:a"]);
      const touched = [...script.matchAll(/redis\.call\('\w+', ([^,)]+)/g)].map(([, key]) => key);
      expect(new Set(touched)).toEqual(new Set(["KEYS[1]"]));
    }
  });
});

describe.each(POSTGRES_CLIENTS)("a store on Postgres through %s", (name, connect) => {
  it("satisfies the contract", async ({ skip }) => {
    if (!servers.postgres) return skip();
    const { url } = servers.postgres;
    const [one, two] = [keep(await connect(url)), keep(await connect(url))];
    await testDeliveryStore(one.store, two.store);
  });

  it("has a migration that several connections can run simultaneously", async ({ skip }) => {
    if (!servers.postgres) return skip();
    const { url } = servers.postgres;
    for (let round = 0; round < 5; round++) {
      const table = `at_once_${name.replace(/\W/g, "")}_${round}`;
      const migrated = Array.from({ length: 8 }, () => migrate(url, table));
      for (const { close } of await Promise.all(migrated)) await close();
    }
  });

  it("deletes expired rows, and nothing else", async ({ skip }) => {
    if (!servers.postgres) return skip();
    const { url } = servers.postgres;
    await (await migrate(url, "purged")).close();
    const { store } = keep(await connect(url, { table: "purged" }));
    await store.claim("gone", { owner: "me", ttl: 0.001 });
    await store.complete("handled", { owner: "me", ttl: 0.001 });
    await store.claim("held", { owner: "me", ttl: 60_000 });
    await store.complete("remembered", { owner: "me", ttl: Infinity });
    // The statement runs later than these ms.
    let purged = 0;
    await expect.poll(async () => (purged += await store.purge())).toBe(2);
    expect(await store.purge()).toBe(0);
    expect(await store.claim("held", { owner: "you", ttl: 1 })).toBe("pending");
    expect(await store.claim("remembered", { owner: "you", ttl: 1 })).toBe("completed");
    await store.release("held", { owner: "me" });
  });
});

describe("a store that fails", () => {
  it("makes the receiver report that Redis is full", async ({ skip }) => {
    const full = await startRedis("--maxmemory", "1", "--maxmemory-policy", "noeviction");
    if (!full) return skip();
    onTestFinished(full.stop);
    const { store } = keep(await connectIoredis(full.url));
    const errors: unknown[] = [];
    const receiver = createReceiver({
      ...{ secret: SECRET, store, on: { "message.read": () => undefined } },
      onError: (error) => errors.push(error),
    });
    expect(await receiver.receive(deliver())).toMatchObject({ status: 503, outcome: "failed" });
    expect(String(errors[0])).toMatch(/OOM command not allowed when used memory > 'maxmemory'/);
  });

  it("rejects with an error that names the missing table and the migration", async ({ skip }) => {
    if (!servers.postgres) return skip();
    for (const [, connect] of POSTGRES_CLIENTS) {
      const { store } = keep(await connect(servers.postgres.url, { table: "nowhere.to_be_found" }));
      const error = await rejectionOf(Promise.resolve(store.claim("key", { owner: "me", ttl: 1 })));
      expect(String(error)).toMatch(
        /nowhere\.to_be_found does not exist: run the store's `migration`/,
      );
    }
  });

  it("makes the receiver answer 503 while down, and recovers automatically", async ({ skip }) => {
    const own = [await startRedis(), await startPostgres()] as const;
    for (const [index, server] of own.entries()) {
      if (!server) return skip();
      onTestFinished(server.stop);
      if (!server.isOwn) continue;
      if (index === 1) await (await migrate(server.url)).close();
      const { store } = keep(await (index === 0 ? connectIoredis : connectPg)(server.url));
      let handled = 0;
      const receiver = createReceiver({
        ...{ secret: SECRET, store, ackTimeout: 1_000, onError: () => undefined },
        on: { "message.read": () => (handled += 1) },
      });
      const delivery = deliver({ event_id: `down ${index}` });
      await server.kill();
      expect((await receiver.receive(delivery)).status).toBe(503);
      await server.start();
      await expect.poll(async () => (await receiver.receive(delivery)).status).toBe(200);
      expect(handled).toBe(1);
    }
  });
});

describe("the options of a store", () => {
  const run = (): Promise<unknown> => Promise.resolve("claimed");
  const query = (): Promise<[]> => Promise.resolve([]);

  it.each<[what: string, make: () => unknown, says: RegExp]>([
    ["no function", () => createRedisStore({} as never), /`run` must be a function/],
    ["no function", () => createPostgresStore(undefined as never), /`query` must be a function/],
    ["a prefix", () => createRedisStore(run, { prefix: 1 as never }), /`prefix` must be a string/],
    [
      "a mistyped option",
      () => createRedisStore(run, { perfix: "x" } as never),
      /did you mean `prefix`/,
    ],
    ["no time", () => createRedisStore(run, { remember: 0 }), /`remember` must be a positive/],
    ["no time", () => createPostgresStore(query, { remember: NaN }), /`remember` must be/],
    [
      "a table",
      () => createPostgresStore(query, { table: 'a"; DROP' }),
      /`table` must be a plain name/,
    ],
    [
      "a table",
      () => createPostgresStore(query, { table: "a.b.c" }),
      /`table` must be a plain name/,
    ],
  ])("are checked when the store is created: %s %#", (_what, make, says) => {
    expect(String(thrownBy(make))).toMatch(says);
  });

  it.each<[answer: unknown]>([[undefined], [null], ["OK"], [1], [[]], [{ rows: [] }]])(
    "give an error with the expected answer when the answer is %j",
    async (answer) => {
      const claim = { owner: "me", ttl: 1 };
      const redis = createRedisStore(() => Promise.resolve(answer));
      expect(String(await rejectionOf(Promise.resolve(redis.claim("key", claim))))).toMatch(
        /`run` must be a function that returns .* "claimed", "pending" or "completed"/,
      );
      const postgres = createPostgresStore(() => Promise.resolve(answer as never));
      expect(String(await rejectionOf(Promise.resolve(postgres.claim("key", claim))))).toMatch(
        /`query` must be a function that returns .*rows/,
      );
    },
  );

  it("accept bytes as text, because some Redis clients return bytes", async () => {
    const store = createRedisStore(() => Promise.resolve(Buffer.from("pending")));
    expect(await store.claim("key", { owner: "me", ttl: 1 })).toBe("pending");
  });
});
