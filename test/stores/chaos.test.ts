import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { expect, it, onTestFinished } from "vitest";
import { createPostgresStore } from "linq-webhooks/stores";
import { deliveryOf, SECRET, writeEvent } from "../receiver/delivery.js";
import { type DatabaseServer, startPostgres, startRedis } from "../support/database-server.js";
import type { Answered, Delivery } from "./replica.js";

const PROCESSES = 8;
const EACH = 2_000;
/** How many deliveries one process has in progress at most. */
const CONCURRENCY = 25;
const KILLED = 2;

async function prepared(kind: string): Promise<DatabaseServer | undefined> {
  if (kind === "redis") return startRedis();
  const server = await startPostgres();
  if (!server) return undefined;
  const client = new pg.Client(server.url);
  await client.connect();
  await client.query(createPostgresStore(() => Promise.resolve([])).migration);
  await client.end();
  return server;
}

it.for(["redis", "postgres"])(
  "8 processes handle each event once when processes and the server are killed: %s",
  async (kind, { skip }) => {
    const server = await prepared(kind);
    if (!server) return skip();
    onTestFinished(server.stop);
    const folder = mkdtempSync(join(tmpdir(), "linq-webhooks-replicas-"));
    onTestFinished(() => {
      rmSync(folder, { recursive: true, force: true });
    });
    const log = join(folder, "handled");
    writeFileSync(log, "");
    const startedAt = performance.now();
    const { killed, answered, attempts } = await deliverAll(kind, server, log);

    const lines = readFileSync(log, "utf8").trimEnd().split("\n");
    const handlers = groupByEvent(lines);
    const again = [...handlers.values()].filter((each) => each.length > 1);
    // Each process that handled it before was killed before the store knew.
    const inGap = again.filter((each) =>
      each.slice(0, -1).every((line) => killed.has(Number(line.split(" ")[1]))),
    );
    const seconds = (performance.now() - startedAt) / 1_000;
    console.log(
      `${kind}: ${PROCESSES} processes, ${answered} deliveries of ${handlers.size} events in ${attempts} attempts, ` +
        `${KILLED} processes and the server killed; lost 0, handled twice ${again.length - inGap.length}, ` +
        `of a process that died between its handler and the store ${inGap.length}; ${seconds.toFixed(1)} s`,
    );
    expect(handlers.size).toBe(EVENTS);
    expect(again).toEqual(inGap);
    // No more than the deliveries that they had in progress.
    expect(inGap.length).toBeLessThanOrEqual(KILLED * CONCURRENCY);
    expect(answered).toBe(PROCESSES * EACH);
  },
);

/** Each event is delivered twice, as with duplicate subscriptions, to any process. */
const EVENTS = (PROCESSES * EACH) / 2;

interface Outcome {
  /** The process ids of those that were killed. */
  readonly killed: ReadonlySet<number>;
  readonly answered: number;
  readonly attempts: number;
}

/** Redelivers what is not answered with 200, and kills two processes and the server meanwhile. */
async function deliverAll(kind: string, server: DatabaseServer, log: string): Promise<Outcome> {
  const queue: Delivery[] = Array.from({ length: PROCESSES * EACH }, (_, id) => {
    // Duplicates are some way apart, so that they arrive while the first is running, or later.
    const event = id < EVENTS ? id : (id + 50) % EVENTS;
    return { id, ...deliveryOf(writeEvent({ event_id: `e${event}` })) } as Delivery;
  });
  queue.sort((a, b) => (a.id % EVENTS) - (b.id % EVENTS));
  const total = queue.length;
  const killed = new Set<number>();
  let [answered, attempts] = [0, 0];

  const file = fileURLToPath(new URL("./replica.ts", import.meta.url));
  const args = [kind, server.url, log, SECRET];
  const processes = await Promise.all(
    Array.from({ length: PROCESSES }, async () => {
      const child = fork(file, args, { execArgv: ["--import", "tsx"] });
      await once(child, "message");
      return { child, atHand: new Map<number, Delivery>() };
    }),
  );
  let resolve = (): void => undefined;
  const promise = new Promise<void>((end) => {
    resolve = end;
  });
  const feed = (process: (typeof processes)[number]): void => {
    while (process.atHand.size < CONCURRENCY && process.child.connected) {
      const delivery = queue.shift();
      if (!delivery) return;
      process.atHand.set(delivery.id, delivery);
      attempts++;
      process.child.send(delivery);
    }
  };
  let restarting: Promise<void> | undefined;
  for (const process of processes) {
    const { child, atHand } = process;
    child.on("message", ({ id, status }: Answered) => {
      const delivery = atHand.get(id);
      atHand.delete(id);
      if (status === 200) answered++;
      else if (delivery) queue.push(delivery);
      if (answered === total) resolve();
      if (answered > total / 4 && killed.size === 0) kill(processes[0]?.child);
      if (answered > total / 2) restarting ??= server.isOwn ? server.restart() : Promise.resolve();
      if (answered > (total * 3) / 4 && killed.size === 1) kill(processes[1]?.child);
      // Not immediately, because a store that is down refuses without delay.
      if (status === 200) feed(process);
      else setTimeout(feed, 5, process);
    });
    child.on("exit", () => {
      // The outcome of these is unknown.
      queue.push(...atHand.values());
      atHand.clear();
      for (const other of processes) feed(other);
    });
    feed(process);
  }
  await promise;
  await restarting;
  for (const { child } of processes) if (child.connected) child.disconnect();
  return { killed, answered, attempts };

  function kill(child: ChildProcess | undefined): void {
    if (child?.pid === undefined) return;
    killed.add(child.pid);
    child.kill("SIGKILL");
  }
}

function groupByEvent(lines: readonly string[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const line of lines) {
    const event = line.split(" ")[0] ?? "";
    groups.set(event, [...(groups.get(event) ?? []), line]);
  }
  return groups;
}
