import { afterEach, describe, expect, it, vi } from "vitest";
import { LinqConnectionError } from "../../src/errors/connection-error.js";
import { DuplicateSubscriptionError } from "../../src/errors/duplicate-subscription-error.js";
import { CreateOutcomeUnknownError } from "../../src/errors/create-outcome-unknown-error.js";
import { converge, type Ports } from "../../src/subscriptions/converge.js";
import type { decide } from "../../src/subscriptions/decide.js";
import type { WebhookSubscription } from "../../src/subscriptions/subscription.js";
import { type Hardships, runInterleaving } from "../support/interleavings.js";

type Rule = typeof decide;

/** The real rule, unless a test puts a broken one in its place. */
const mutation = vi.hoisted(() => ({ of: (rule: Rule): Rule => rule }));

vi.mock(import("../../src/subscriptions/decide.js"), async (load) => {
  const { decide: rule } = await load();
  return { decide: (goal, subscriptions) => mutation.of(rule)(goal, subscriptions) };
});

afterEach(() => {
  mutation.of = (rule) => rule;
});

const HARDSHIPS: readonly Hardships[] = [
  {},
  { crashes: true },
  { lostAnswers: 0.3 },
  { crashes: true, lostAnswers: 0.3 },
];

/** How many of the first seeds end with an event delivered twice or lost, or not at all. */
async function countFailures(
  seeds: number,
  more: Hardships = {},
): Promise<{ failures: number; first: string }> {
  let failures = 0;
  let first = "";
  for (let seed = 1; seed <= seeds; seed++) {
    for (const hardships of HARDSHIPS) {
      const run = runInterleaving(seed, { ...hardships, ...more });
      const verdict = await run.catch((error: unknown) => ({ twice: [String(error)], lost: [] }));
      if (verdict.twice.length + verdict.lost.length === 0) continue;
      first ||= `seed ${seed}, ${JSON.stringify(hardships)}: ${JSON.stringify(verdict)}`;
      failures++;
    }
  }
  return { failures, first };
}

describe("under 20,000 random interleavings", () => {
  it("delivers every event exactly once, whoever does what when, crashes or is not answered", async () => {
    const { failures, first } = await countFailures(5_000);
    expect(first).toBe("");
    expect(failures).toBe(0);
  });

  it("would show it if a write landed later than the longest wait", async () => {
    const { failures } = await countFailures(500, { tooLate: true });
    expect(failures).toBeGreaterThan(0);
  });

  let looks = 0;

  // Each rule is switched off in turn, to see that the interleavings would notice.
  it.each<[string, (rule: Rule) => Rule]>([
    [
      "the loop does not heal what it finds twice",
      (rule) => (goal, list) => rule({ ...goal, guarded: new Set() }, list),
    ],
    [
      "the events written by PUT are not guarded",
      (rule) => (goal, list) => rule({ ...goal, guarded: goal.wanted }, list),
    ],
    [
      "the order of the list decides who gives up, and not the id",
      (rule) => (goal, list) => rule(goal, looks++ % 2 === 0 ? list : [...list].reverse()),
    ],
    [
      "an existing subscription is extended by PUT",
      (rule) => (goal, list) =>
        rule(goal, list).map((step) => {
          const [target] = list;
          if (step.action !== "create" || !target) return step;
          const events = [...target.events, ...step.events];
          return {
            action: "update",
            target,
            events,
            version: 2,
            givenUp: [],
          };
        }),
    ],
    [
      "the loop trusts its own write and does not look again",
      (rule) => (goal, list) => (list.length > 0 ? [] : rule(goal, list)),
    ],
  ])("would show it if %s", async (_name, broken) => {
    mutation.of = broken;
    const { failures } = await countFailures(200);
    expect(failures).toBeGreaterThan(0);
  });
});

const url = "https://example.com/hook";
const wanted = new Set(["message.sent"]);
const goal = { wanted, guarded: wanted, version: 2, needsSecret: false };

function subscription(id: number): WebhookSubscription {
  return { id, webhook_url: url, version: 2, events: ["message.sent"], active: true };
}

const lostAnswer = new LinqConnectionError(
  "ECONNRESET",
  { method: "POST", path: "/", attempts: [] },
  {},
);

/** A world in which nothing ever happens, but that which a test bends, with a record of it. */
function createStillPorts(bent: Partial<Ports>): { ports: Ports; log: string[] } {
  const log: string[] = [];
  const noted = <Args extends unknown[], Result>(
    name: string,
    port: (...args: Args) => Promise<Result>,
  ): ((...args: Args) => Promise<Result>) => {
    return (...args) => {
      log.push(name === "pause" && args[0] === Infinity ? "longest pause" : name);
      return port(...args);
    };
  };
  return {
    log,
    ports: {
      list: noted("list", bent.list ?? (() => Promise.resolve([]))),
      create: noted("create", bent.create ?? (() => Promise.resolve(1))),
      update: noted("update", bent.update ?? (() => Promise.resolve(true))),
      delete: noted("delete", bent.delete ?? (() => Promise.resolve(true))),
      countDoubts: bent.countDoubts ?? (() => 0),
      isAborted: bent.isAborted ?? (() => false),
      redact: (text) => text,
      pause: noted("pause", bent.pause ?? (() => Promise.resolve())),
    },
  };
}

describe("the loop", () => {
  it("looks again at once after a write, and ends", async () => {
    const lists = [[], [subscription(1)]];
    const { ports, log } = createStillPorts({ list: () => Promise.resolve(lists.shift() ?? []) });
    const { outcome, created } = await converge(url, goal, ports, 3);
    expect({ outcome, created }).toEqual({ outcome: "created", created: [1] });
    expect(log).toEqual(["list", "create", "list"]);
  });

  it("gives a list that does not show a new id yet some time, and takes a last look late", async () => {
    const lists = [[], [], [subscription(1)], [subscription(1)]];
    const { ports, log } = createStillPorts({ list: () => Promise.resolve(lists.shift() ?? []) });
    await converge(url, goal, ports, 3);
    expect(log).toEqual(["list", "create", "list", "pause", "list", "longest pause", "list"]);
  });

  it("does not wait for an id that somebody has taken away since a lower one delivers the same", async () => {
    const lists = [[], [subscription(1)]];
    const { ports, log } = createStillPorts({
      list: () => Promise.resolve(lists.shift() ?? []),
      create: () => Promise.resolve(2),
    });
    await converge(url, goal, ports, 3);
    expect(log).toEqual(["list", "create", "list"]);
  });

  it("waits before it looks for what is in doubt, and looks once more after the longest wait", async () => {
    const lists = [[], [subscription(1)], [subscription(1)]];
    const { ports, log } = createStillPorts({
      list: () => Promise.resolve(lists.shift() ?? []),
      create: () => Promise.resolve(lostAnswer),
    });
    const { wasInDoubt } = await converge(url, goal, ports, 3);
    expect(wasInDoubt).toBe(true);
    expect(log).toEqual(["list", "create", "pause", "list", "longest pause", "list"]);
  });

  it("takes the late look also when an update or a deletion is in doubt", async () => {
    const lists = [[subscription(1), subscription(2)], [subscription(1)], [subscription(1)]];
    const { ports, log } = createStillPorts({
      list: () => Promise.resolve(lists.shift() ?? []),
      countDoubts: () => 1,
    });
    await converge(url, goal, ports, 3);
    expect(log).toEqual(["list", "delete", "list", "longest pause", "list"]);
  });

  it("looks again as soon as somebody else was faster", async () => {
    const lists = [[1, 2, 3].map(subscription), [subscription(1)]];
    const { ports, log } = createStillPorts({
      list: () => Promise.resolve(lists.shift() ?? []),
      delete: () => Promise.resolve(false),
    });
    await converge(url, goal, ports, 3);
    expect(log).toEqual(["list", "delete", "list"]);
  });

  it("posts as often as it may when the list never shows it, and says that it cannot know", async () => {
    const { ports, log } = createStillPorts({ create: () => Promise.resolve(lostAnswer) });
    const error: unknown = await converge(url, goal, ports, 3).catch(caught);
    expect(error).toBeInstanceOf(CreateOutcomeUnknownError);
    expect(error).toMatchObject({ webhookUrl: url, events: ["message.sent"], cause: lostAnswer });
    expect(log.filter((name) => name === "create")).toHaveLength(3);
    expect(log.slice(-2)).toEqual(["longest pause", "list"]);
  });

  it("does not post more often because there is something else to do as well", async () => {
    const twins = [subscription(1), subscription(2)];
    const { ports, log } = createStillPorts({ list: () => Promise.resolve(twins) });
    const both = new Set(["message.sent", "message.read"]);
    await expect(converge(url, { ...goal, wanted: both, guarded: both }, ports, 3)).rejects.toThrow(
      DuplicateSubscriptionError,
    );
    expect(log.filter((name) => name === "create")).toHaveLength(3);
  });

  it("says that it cannot know when the list cannot be had after a post", async () => {
    let looks = 0;
    const { ports } = createStillPorts({
      list: () => (looks++ === 0 ? Promise.resolve([]) : Promise.reject(lostAnswer)),
    });
    const error: unknown = await converge(url, goal, ports, 3).catch(caught);
    expect(error).toBeInstanceOf(CreateOutcomeUnknownError);
    expect(error).toMatchObject({ cause: lostAnswer });
  });

  it("passes on why the list cannot be had when nothing was posted, and what the caller aborts with", async () => {
    const reason = new Error("changed my mind");
    const failing = createStillPorts({ list: () => Promise.reject(lostAnswer) });
    await expect(converge(url, goal, failing.ports, 3)).rejects.toBe(lostAnswer);
    let looks = 0;
    const aborted = createStillPorts({
      isAborted: () => true,
      list: () => (looks++ === 0 ? Promise.resolve([]) : Promise.reject(reason)),
    });
    await expect(converge(url, goal, aborted.ports, 3)).rejects.toBe(reason);
  });

  it("says which subscriptions keep coming back", async () => {
    const twins = [subscription(1), subscription(2)];
    const { ports } = createStillPorts({ list: () => Promise.resolve(twins) });
    const error: unknown = await converge(url, goal, ports, 3).catch(caught);
    expect(error).toBeInstanceOf(DuplicateSubscriptionError);
    expect(error).toMatchObject({ sharedEvents: ["message.sent"], existing: [{ id: 2 }] });
  });
});

function caught(error: unknown): unknown {
  return error;
}
