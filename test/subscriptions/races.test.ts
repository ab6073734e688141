import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { composeClient } from "../../src/client.js";
import { EVENT_NAMES, type EventName } from "../../src/index.js";
import {
  createSandbox,
  type Fault,
  type Sandbox,
  type SandboxServer,
} from "../../src/sandbox/index.js";
import { createProcessFactory, type OrderedProcess } from "../support/process-factory.js";
import { createRandom } from "../support/random.js";
import type { Order, Report } from "../support/replica.js";
import { withoutLock } from "../support/sandbox-client.js";
import { createVirtualTime } from "../support/virtual-time.js";

/** `SEED=17 npx vitest run races` runs that one race again. */
const { SEED } = process.env;
const SEEDS = SEED ? [Number(SEED)] : Array.from({ length: 200 }, (_, index) => index + 1);

/** All replicas want the same events at the first URL, and each its own at the second. */
const SAME_URL = "https://example.com/same";
const OTHER_URL = "https://example.com/other";

function chooseInputs(random: () => number, replicas: number): Order["inputs"][] {
  const chooseEvents = (): EventName[] => {
    const some = EVENT_NAMES.filter(() => random() < 0.4);
    return some.length > 0 ? some : ["message.received"];
  };
  const same = chooseEvents();
  return Array.from({ length: replicas }, () => [
    { webhook_url: SAME_URL, events: same },
    { webhook_url: OTHER_URL, events: chooseEvents() },
  ]);
}

/** The faults that are left after all replicas have reported; empty if there are none. */
function findFaults(
  sandbox: Sandbox,
  inputs: readonly Order["inputs"][],
  reports: readonly (Report | undefined)[],
): string[] {
  const faults = reports.flatMap((report) => report?.error ?? []);
  const at = (url: string): { id: number; events: string[] }[] =>
    sandbox.subscriptions.filter(({ webhook_url }) => webhook_url === url);

  const same = at(SAME_URL).map(({ id }) => id);
  if (same.length !== 1) faults.push(`${same.length} subscriptions to the same events`);
  for (const report of reports) {
    if (report?.ids?.[0]?.join() !== same.join()) faults.push(`told of ${String(report?.ids)}`);
  }
  const wanted = inputs.flatMap(([, other]) => other?.events ?? []);
  const delivered = at(OTHER_URL).flatMap(({ events }) => events);
  for (const event of new Set([...wanted, ...delivered])) {
    const times = delivered.filter((other) => other === event).length;
    if (times !== 1) faults.push(`${event} is delivered ${times} times`);
  }
  return faults;
}

/** Every request takes a random time before it is carried out, and one before it is answered. */
const LATENCY = [
  { kind: "latency", ms: [0, 5], times: Infinity },
  { kind: "latency", ms: [0, 5], where: "after", times: Infinity },
] satisfies Fault[];

describe("16 clients of one process that share no lock", () => {
  it("end with each event delivered exactly once, with 200 seeds", async () => {
    for (const seed of SEEDS) {
      const random = createRandom(seed);
      const { now, sleep } = createVirtualTime();
      const sandbox = createSandbox({ random, sleep, faults: LATENCY });
      const inputs = chooseInputs(random, 16);
      const reports = await Promise.all(
        inputs.map(async (wishes): Promise<Report> => {
          const options = { token: "any-token", fetch: sandbox.fetch, lock: withoutLock };
          const { webhookSubscriptions } = composeClient(options, { now, sleep, random });
          const results = await Promise.all(
            wishes.map((input) => webhookSubscriptions.ensure(input)),
          );
          return { ids: results.map(({ subscriptions }) => subscriptions.map(({ id }) => id)) };
        }),
      );
      expect(findFaults(sandbox, inputs, reports), `seed ${seed}`).toEqual([]);
    }
  });
});

describe("8 processes on one sandbox over HTTP", () => {
  const factory = createProcessFactory<Order, Report>("./replica.ts");
  const replicas: OrderedProcess<Order, Report>[] = [];
  let sandbox: Sandbox;
  let server: SandboxServer;
  let random = Math.random;

  beforeAll(async () => {
    sandbox = createSandbox({ random: () => random(), faults: LATENCY });
    server = await sandbox.listen();
    replicas.push(...(await Promise.all(Array.from({ length: 8 }, factory.start))));
  });

  afterAll(async () => {
    for (const replica of replicas) replica.kill();
    factory.remove();
    await server.close();
  });

  /** Empties the sandbox and chooses what the replicas want of it. */
  function prepare(seed: number): Order["inputs"][] {
    random = createRandom(seed);
    sandbox.reset();
    return chooseInputs(random, replicas.length);
  }

  function race(inputs: readonly Order["inputs"][]): Promise<(Report | undefined)[]> {
    return Promise.all(
      replicas.map((replica, index) =>
        replica.carryOut({ baseUrl: server.url, inputs: inputs[index] ?? [] }),
      ),
    );
  }

  it("end with each event delivered exactly once, with 60 seeds", async () => {
    for (const seed of SEEDS.slice(0, 60)) {
      const inputs = prepare(seed);
      const reports = await race(inputs);
      expect(findFaults(sandbox, inputs, reports), `seed ${seed}`).toEqual([]);
    }
  });

  it("do the same after some were killed at random and restarted, with 20 seeds", async () => {
    for (const seed of SEEDS.slice(0, 20)) {
      const inputs = prepare(seed);
      // Two of them are killed midway: after a random number of requests to the API.
      const victims = [Math.floor(random() * 4), 4 + Math.floor(random() * 4)];
      const takeBacks = victims.map((victim) => {
        let requests = Math.floor(random() * 40);
        const when = (): boolean => {
          if (requests-- === 0) replicas[victim]?.kill();
          return false;
        };
        return sandbox.inject({ kind: "latency", ms: 0, when });
      });
      await race(inputs);
      for (const takeBack of takeBacks) takeBack();
      for (const victim of victims) {
        replicas[victim]?.kill();
        replicas[victim] = await factory.start();
      }
      // A replica that wants less may see the unfinished work of a killed one as foreign, and
      // throws until a replica that wants all of it has finished it. Then every replica succeeds.
      await race(inputs);
      expect(findFaults(sandbox, inputs, await race(inputs)), `seed ${seed}`).toEqual([]);
    }
  });
});
