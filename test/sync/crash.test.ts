import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSandbox, type Sandbox, type SandboxServer } from "../../src/sandbox/index.js";
import { applySync, type DesiredSubscription, planSync } from "../../src/sync/index.js";
import { bundleProgram } from "../support/bundle-program.js";
import type { SyncOrder } from "../support/sync-program.js";
import { type Given, post } from "../support/sync-world.js";
import { createFastClock } from "../support/fast-clock.js";
import { composeClient } from "../../src/client.js";

const at = (path: string): string => `https://example.com/${path}`;
const secret = "the secret of all";

const DESIRED: DesiredSubscription[] = [
  { webhook_url: at("new"), events: ["message.sent"], secret },
  { webhook_url: at("other"), events: ["message.sent", "message.read"], secret },
  { webhook_url: at("moved"), events: ["call.completed"], secret, replaces: [at("old*")] },
  { webhook_url: at("duplicates"), events: ["message.sent"], secret },
];

const OPTIONS = { scope: [at("gone")], prune: true };

const FOREIGN = "https://foreign.example/hook";

const GIVEN: Given[] = [
  { webhook_url: FOREIGN, events: ["message.sent"] },
  { webhook_url: FOREIGN, events: ["message.sent"] },
  { webhook_url: at("other"), events: ["message.sent"], secret },
  { webhook_url: at("old1"), events: ["call.completed"], secret },
  { webhook_url: at("old2"), events: ["call.completed"], secret },
  { webhook_url: at("duplicates"), events: ["message.sent"], secret },
  { webhook_url: at("duplicates"), events: ["message.sent", "message.read"], secret },
  { webhook_url: at("gone/x"), events: ["message.sent"], secret },
];

/** The events that active subscriptions deliver, and where. */
const deliveries = (sandbox: Sandbox): string[] =>
  sandbox.subscriptions
    .filter(({ active }) => active)
    .flatMap(({ webhook_url, events }) => events.map((event) => `${event} ${webhook_url}`))
    .sort();

const EXPECTED = [
  `call.completed ${at("moved")}`,
  `message.read ${at("other")}`,
  `message.sent ${at("new")}`,
  `message.sent ${at("other")}`,
  `message.sent ${at("duplicates")}`,
  `message.sent ${FOREIGN}`,
  `message.sent ${FOREIGN}`,
].sort();

describe("a process that is killed", () => {
  const program = bundleProgram("./sync-program.ts");
  let sandbox: Sandbox;
  let server: SandboxServer;
  let spare: Promise<ChildProcess>;

  /** Starts a process, and returns the one that the previous call started. */
  function takeChild(): Promise<ChildProcess> {
    const ready = spare;
    spare = start();
    return ready;
  }

  async function start(): Promise<ChildProcess> {
    const child = fork(program.path, { execArgv: [] });
    await once(child, "message");
    return child;
  }

  beforeAll(async () => {
    sandbox = createSandbox();
    server = await sandbox.listen();
    spare = start();
  });

  afterAll(async () => {
    (await spare).kill("SIGKILL");
    program.remove();
    await server.close();
  });

  /**
   * Runs the program on the given subscriptions. Kills the process at the nth request, before it is
   * carried out; or at the nth write, after it.
   *
   * @returns whether it was killed.
   */
  async function run(nth: number, write: "none" | "done"): Promise<boolean> {
    sandbox.reset();
    for (const subscription of GIVEN) await post(sandbox, subscription);
    const child = await takeChild();
    let requests = 0;
    let isKilled = false;
    const takeBack = sandbox.inject({
      kind: "reset",
      write,
      when: ({ method }) => {
        // A GET writes nothing.
        if (write === "done" && method === "GET") return false;
        if (++requests !== nth) return false;
        isKilled = child.kill("SIGKILL");
        return true;
      },
    });
    const order: SyncOrder = { baseUrl: server.url, desired: DESIRED, options: OPTIONS };
    const ended = Promise.race([once(child, "message"), once(child, "exit")]);
    child.send(order);
    await ended;
    takeBack();
    child.kill("SIGKILL");
    return isKilled;
  }

  it.each([
    // Two lists, one request for each write, a list, the deletions, and the last list.
    ["before", "none", 2 + 3 + 1 + 3 + 1],
    ["after", "done", 1 + 2 + 3],
  ] as const)(
    "%s any request is carried out leaves work that the next run finishes, and loses nothing",
    async (_when, write, expectedKills) => {
      let kills = 0;
      for (let nth = 1; await run(nth, write); nth++) {
        kills++;
        const foreign = sandbox.subscriptions.slice(0, 2);
        const meanwhile = deliveries(sandbox);
        const here = (path: string, event: string): boolean =>
          meanwhile.includes(`${event} ${at(path)}`);
        expect(here("other", "message.sent"), `killed at ${nth}`).toBe(true);
        expect(here("duplicates", "message.sent"), `killed at ${nth}`).toBe(true);
        expect(
          here("moved", "call.completed") || here("old1", "call.completed"),
          `killed at ${nth}`,
        ).toBe(true);

        const options = { token: "any-token", fetch: sandbox.fetch };
        const linq = composeClient(options, createFastClock());
        const { list } = linq.webhookSubscriptions;
        const plan = planSync(DESIRED, await list(), OPTIONS);
        const { failed, pending } = await applySync(linq, plan);
        expect([...failed, ...pending], `killed at ${nth}`).toEqual([]);
        const { steps } = planSync(DESIRED, await list(), OPTIONS);
        expect(steps.map(({ action }) => action)).toEqual(["keep", "keep", "keep", "keep"]);
        expect(deliveries(sandbox), `killed at ${nth}`).toEqual(EXPECTED);
        expect(sandbox.subscriptions.slice(0, 2)).toEqual(foreign);
      }
      expect(deliveries(sandbox)).toEqual(EXPECTED);
      expect(kills).toBe(expectedKills);
    },
  );
});
