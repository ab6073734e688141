import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { join } from "node:path";
import { drizzle } from "drizzle-orm/node-postgres";
import { Redis } from "ioredis";
import pg from "pg";
import postgres from "postgres";
import { createClient } from "redis";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { createPostgresStore, createRedisStore } from "linq-webhooks/stores";
import { testDeliveryStore } from "linq-webhooks/testing";
import { readPage } from "../../scripts/manuals.js";
import { startJudge } from "../judge/start-judge.js";
import { type DatabaseServer, startPostgres, startRedis } from "../support/database-server.js";
import { type Consumer, installPackedPackage } from "../support/packed-package.js";
import { readPrograms } from "../support/manual-programs.js";

let consumer: Consumer;
const servers: Record<string, DatabaseServer | undefined> = {};

beforeAll(async () => {
  consumer = await installPackedPackage();
  for (const { code } of readPrograms()) {
    const [, name] = /^\/\/ (\S+\.mjs)\n/.exec(code) ?? [];
    if (name !== undefined) await consumer.write(name, code);
  }
  servers["REDIS_URL"] = await startRedis();
  servers["DATABASE_URL"] = await startPostgres();
});

afterAll(async () => {
  await consumer.remove();
  for (const server of Object.values(servers)) await server?.stop();
});

/** The clients of the table, and what its functions call them. */
const CLIENTS: Readonly<
  Record<string, (url: string) => Promise<{ name: string; client: unknown; close: () => unknown }>>
> = {
  ioredis: (url) => {
    const client = new Redis(url);
    return Promise.resolve({ name: "redis", client, close: () => client.quit() });
  },
  "node-redis": async (url) => {
    const client = createClient({ url });
    await client.connect();
    return { name: "redis", client, close: () => client.close() };
  },
  pg: (url) => {
    const client = new pg.Pool({ connectionString: url });
    return Promise.resolve({ name: "pool", client, close: () => client.end() });
  },
  "postgres.js": (url) => {
    const client = postgres(url);
    return Promise.resolve({ name: "sql", client, close: () => client.end() });
  },
  "Drizzle on pg": (url) => {
    const pool = new pg.Pool({ connectionString: url });
    return Promise.resolve({ name: "db", client: drizzle(pool), close: () => pool.end() });
  },
};

const MANUAL = readPage("src/stores/README.md");
const LINES = [...MANUAL.matchAll(/^\| (\S.*?) +\| `(create\w+Store)` +\| `(.*)` +\|$/gm)].map(
  ([, client = "", store = "", line = ""]) => ({ client, store, line }),
);

it("the manual has a line for each client, and all but two of them run here", () => {
  const names = LINES.map(({ client }) => client);
  expect(names.filter((name) => !(name in CLIENTS))).toEqual(["Upstash (HTTP)", "Prisma"]);
  expect(names).toEqual(expect.arrayContaining(Object.keys(CLIENTS)));
});

it.for(LINES.filter(({ client }) => client in CLIENTS))(
  "the line for $client makes a store that keeps the contract",
  async ({ client: who, store, line }, { skip }) => {
    const isRedis = store === "createRedisStore";
    const server = servers[isRedis ? "REDIS_URL" : "DATABASE_URL"];
    if (!server) return skip();
    const stores = [];
    for (let nth = 0; nth < 2; nth++) {
      const connected = await CLIENTS[who]?.(server.url);
      if (!connected) throw new Error("it is not in the table");
      onTestFinished(async () => {
        await connected.close();
      });
      // The very text of the manual, with the client under the name that it has there.
      const code = encodeURIComponent(`export const make = (${connected.name}) => ${line};`);
      const { make } = (await import(`data:text/javascript,${code}`)) as {
        make: (client: unknown) => never;
      };
      const run = make(connected.client);
      stores.push(isRedis ? createRedisStore(run) : createPostgresStore(run));
      if (!isRedis) await migrate(server.url, createPostgresStore(run).migration);
    }
    const [one, other] = stores;
    if (one && other) await testDeliveryStore(one, other);
  },
);

async function migrate(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(sql);
  await client.end();
}

/** Starts a program in the folder of the consumer, and returns its lines one by one. */
async function start(
  name: string,
  code: string,
  env: Readonly<Record<string, string>> = {},
): Promise<{ child: ChildProcess; next: () => Promise<string> }> {
  await consumer.write(name, code);
  const urls = Object.entries(servers).map(([variable, server]) => [variable, server?.url ?? ""]);
  const child = spawn(process.execPath, [join(consumer.folder, name)], {
    cwd: consumer.folder,
    env: { ...process.env, ...(Object.fromEntries(urls) as Record<string, string>), ...env },
    stdio: ["pipe", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    child,
    next: async () => {
      const line: IteratorResult<string, unknown> = await lines.next();
      if (line.done) throw new Error("it has ended");
      return line.value;
    },
  };
}

describe("work after the answer", () => {
  it.for([
    ["pg-boss.mjs", "DATABASE_URL"],
    ["bullmq.mjs", "REDIS_URL"],
  ])(
    "is done even if the process dies after the answer: %s",
    async ([module = "", variable = ""], { skip }) => {
      if (!servers[variable]) return skip();
      const env = { LINQ_WEBHOOK_SECRET: "a secret of our own" };
      const deliver = `
      import { signBody } from "linq-webhooks/receiver";
      import { createEvent } from "linq-webhooks/sandbox";
      const { receiver } = await import("./${module}");
      const body = JSON.stringify(createEvent("message.received", { text: "Hello!" }));
      const signature = await signBody(body, process.env.LINQ_WEBHOOK_SECRET);
      const delivery = { body, headers: { "X-Webhook-Signature": signature } };
      const receipts = [await receiver.receive(delivery), await receiver.receive(delivery)];
      console.log(receipts.map(({ outcome }) => outcome).join());
      setInterval(() => undefined, 1_000);`;
      const one = await start("deliver.mjs", deliver, env);
      expect(await one.next()).toBe("handled,duplicate");
      one.child.kill("SIGKILL");
      await once(one.child, "exit");

      const work = `
      const { work } = await import("./${module}");
      await work(async (event) => {
        console.log(event.event_type + " " + event.data.text);
      });`;
      const other = await start("work.mjs", work, env);
      expect(await other.next()).toBe("message.received Hello!");
    },
  );
});

describe("the lock of the manual", () => {
  it.for([
    ["postgres-lock.mjs", "DATABASE_URL"],
    ["redis-lock.mjs", "REDIS_URL"],
  ])(
    "lets 8 processes run one after the other, and send one POST: %s",
    async ([module = "", variable = ""], { skip }) => {
      if (!servers[variable]) return skip();
      const judge = await startJudge();
      onTestFinished(judge.close);
      const code = `
      import { createLinqClient } from "linq-webhooks";
      import { lock } from "./${module}";
      let inside = [];
      const timed = (key, task) => lock(key, async () => {
        const from = Date.now();
        try {
          return await task();
        } finally {
          inside.push([from, Date.now()]);
        }
      });
      const linq = createLinqClient({
        token: "a-token-of-the-test", baseUrl: process.env.JUDGE_URL, lock: timed,
      });
      console.log("ready");
      process.stdin.once("data", async () => {
        const input = { webhook_url: "https://a.example/hook", events: ["message.received"] };
        const { outcome } = await linq.webhookSubscriptions.ensure(input);
        console.log(JSON.stringify({ outcome, inside }));
        process.exit();
      });`;
      const starts = Array.from({ length: 8 }, (_, nth) =>
        start(`locked-${nth}.mjs`, code, { JUDGE_URL: judge.url }),
      );
      const processes = await Promise.all(starts);
      for (const { next } of processes) expect(await next()).toBe("ready");
      for (const { child } of processes) child.stdin?.write("go\n");
      const ended = await Promise.all(
        processes.map(async ({ next }) => JSON.parse(await next()) as Ended),
      );
      expect(ended.map(({ outcome }) => outcome).sort()).toEqual([
        "created",
        ...Array.from({ length: 7 }, () => "unchanged"),
      ]);
      expect(judge.count("POST")).toBe(1);
      expect(judge.rows()).toHaveLength(1);
      const spans = ended.flatMap(({ inside }) => inside).sort(([a], [b]) => a - b);
      expect(spans).toHaveLength(8);
      for (const [index, [from]] of spans.entries()) {
        expect(from).toBeGreaterThanOrEqual(spans[index - 1]?.[1] ?? 0);
      }
    },
  );
});

interface Ended {
  readonly outcome: string;
  readonly inside: readonly (readonly [from: number, to: number])[];
}
