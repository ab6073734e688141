import { afterEach, describe, expect, it, vi } from "vitest";
import { LinqConnectionError } from "../../src/errors/connection-error.js";
import { DuplicateSubscriptionError } from "../../src/errors/duplicate-subscription-error.js";
import { CreateOutcomeUnknownError } from "../../src/errors/create-outcome-unknown-error.js";
import { SubscriptionNotFoundError } from "../../src/errors/subscription-not-found-error.js";
import { createConfirmed } from "../../src/subscriptions/confirmed.js";
import {
  converge,
  type Converged,
  type Ports,
  type Start,
} from "../../src/subscriptions/converge.js";
import type { decide, Goal, Step } from "../../src/subscriptions/decide.js";
import type { WebhookSubscription } from "../../src/subscriptions/subscription.js";
import { obstacleError, unsettledError } from "../../src/subscriptions/obstacle.js";
import type { Written } from "../../src/subscriptions/write-once.js";
import { type Hardships, runInterleaving } from "../support/interleavings.js";

type Rule = typeof decide;

/** The real rule, unless a test puts a broken one in its place. */
const mutation = vi.hoisted(() => ({ of: (rule: Rule): Rule => rule }));

vi.mock(import("../../src/subscriptions/decide.js"), async (load) => {
  const { decide: rule } = await load();
  return { decide: (...args) => mutation.of(rule)(...args) };
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

/** How many runs of the first seeds end with an error, or an event delivered twice or lost. */
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
  it("delivers every event exactly once, in any order, with crashes and lost answers", async () => {
    const { failures, first } = await countFailures(5_000);
    expect(first).toBe("");
    expect(failures).toBe(0);
  });

  it("shows failures if a write lands later than the longest wait", async () => {
    const { failures } = await countFailures(500, { tooLate: true });
    expect(failures).toBeGreaterThan(0);
  });

  let looks = 0;

  // Each rule is switched off in turn, to prove that the interleavings notice.
  it.each<[string, (rule: Rule) => Rule]>([
    [
      "the loop does not remove duplicates that it finds",
      (rule) => (goal, own, list) => rule({ ...goal, guarded: new Set() }, own, list),
    ],
    [
      "the events written by PUT are not guarded",
      (rule) => (goal, own, list) => rule({ ...goal, guarded: goal.wanted }, own, list),
    ],
    [
      "the order of the list, and not the id, decides which one gives up an event",
      (rule) => (goal, own, list) =>
        rule(goal, own, looks++ % 2 === 0 ? list : [...list].reverse()),
    ],
    [
      "an existing subscription is extended by PUT",
      (rule) => (goal, own, list) => {
        const decision = rule(goal, own, list);
        const steps = decision.steps.map((step): Step => {
          const [target] = list;
          if (step.action !== "create" || !target) return step;
          const events = [...target.events, ...step.events];
          const change = { version: 2, sendsSecret: false, givenUp: new Map<string, never>() };
          return { action: "update", target, events, ...change };
        });
        return { ...decision, steps };
      },
    ],
    [
      "the loop trusts its own write and does not read the list again",
      (rule) => (goal, own, list) =>
        list.length > 0 ? { steps: [], obstacles: [] } : rule(goal, own, list),
    ],
  ])("shows failures if %s", async (_name, broken) => {
    mutation.of = broken;
    const { failures } = await countFailures(200);
    expect(failures).toBeGreaterThan(0);
  });
});

const url = "https://example.com/hook";
const wanted = new Set(["message.sent"]);
const goal: Goal = {
  wanted,
  guarded: wanted,
  version: 2,
  hasSecret: false,
  signs: "none",
  onlyDeletes: false,
};

function subscription(id: number, more: Partial<WebhookSubscription> = {}): WebhookSubscription {
  const fixed = { webhook_url: url, version: 2, events: ["message.sent"], active: true };
  return { id, ...fixed, secret_configured: false, ...more };
}

function done(id: number): Written {
  return { end: "done", subscription: subscription(id) };
}

const lostAnswer = new LinqConnectionError(
  { systemCode: "ECONNRESET" },
  { method: "POST", path: "/", attempts: [] },
  {},
);
const inDoubt: Written = { end: "in doubt", error: lostAnswer };
const postponed: Written = { end: "postponed", error: lostAnswer };
const notFoundError = new SubscriptionNotFoundError(2);

/** Ports that do nothing except what a test overrides, and a log of the calls. */
function createStillPorts(bent: Partial<Ports>): { ports: Ports; log: string[] } {
  const log: string[] = [];
  const noted = <Args extends unknown[], Result>(
    name: string,
    port: (...args: Args) => Promise<Result>,
  ): ((...args: Args) => Promise<Result>) => {
    return (...args) => {
      log.push(name === "pause" ? `pause ${Number(args[0])}` : name);
      return port(...args);
    };
  };
  return {
    log,
    ports: {
      list: noted("list", bent.list ?? (() => Promise.resolve([]))),
      create: noted("create", bent.create ?? (() => Promise.resolve(done(1)))),
      update: noted("update", bent.update ?? (({ target }) => Promise.resolve(done(target.id)))),
      delete: noted("delete", bent.delete ?? (({ id }) => Promise.resolve(done(id)))),
      countDoubts: bent.countDoubts ?? (() => 0),
      isAborted: bent.isAborted ?? (() => false),
      now: bent.now ?? (() => 0),
      random: () => 0,
      obstacle: (obstacle) => obstacleError(obstacle, (text) => text),
      stale: ({ kind, subscription: { id } }) =>
        new SubscriptionNotFoundError(id, { cause: `${kind} in vain` }),
      unsettled: (steps, rounds) => unsettledError(steps, rounds, (text) => text),
      pause: noted("pause", bent.pause ?? (() => Promise.resolve())),
    },
  };
}

/** Returns these lists one after the other; the last one stays. */
function showing(...lists: WebhookSubscription[][]): () => Promise<WebhookSubscription[]> {
  return () => Promise.resolve((lists.length > 1 ? lists.shift() : lists[0]) ?? []);
}

function run(ports: Ports, more: Partial<Start> = {}): Promise<Converged> {
  const start = { webhookUrl: url, goal, confirmed: createConfirmed(), maxRetries: 2 };
  return converge({ ...start, recheckAfter: 0, ...more }, ports);
}

const ALL_PATIENCE = [250, 500, 1_000, 2_000, 4_250].flatMap((ms) => [`pause ${ms}`, "list"]);

describe("the loop", () => {
  it("reads the list again immediately after a write, and ends", async () => {
    const { ports, log } = createStillPorts({ list: showing([], [subscription(1)]) });
    const { outcome, created } = await run(ports);
    expect({ outcome, created: [...created] }).toEqual({ outcome: "created", created: [1] });
    expect(log).toEqual(["list", "create", "list"]);
  });

  it("does not post a confirmed subscription again, however long the list hides it", async () => {
    const { ports, log } = createStillPorts({ list: showing([]) });
    const { outcome, subscriptions } = await run(ports);
    expect(outcome).toBe("created");
    expect(subscriptions).toEqual([subscription(1)]);
    expect(log.filter((name) => name === "create")).toHaveLength(1);
    expect(log.slice(0, 13)).toEqual(["list", "create", "list", ...ALL_PATIENCE]);
  });

  it("ends as soon as the list shows what was confirmed", async () => {
    const { ports, log } = createStillPorts({ list: showing([], [], [], [subscription(1)]) });
    await run(ports);
    expect(log).toEqual(["list", "create", "list", ...ALL_PATIENCE.slice(0, 4)]);
  });

  it("throws CreateOutcomeUnknownError, and posts no more, if a shown one disappears", async () => {
    const { ports, log } = createStillPorts({ list: showing([], [subscription(1)], []) });
    const { ports: rechecked } = { ports };
    const error: unknown = await run(rechecked, { recheckAfter: 1_500 }).catch(caught);
    expect(error).toBeInstanceOf(CreateOutcomeUnknownError);
    expect(log.filter((name) => name === "create")).toHaveLength(1);
  });

  it("reads the list once more after the requested time", async () => {
    const both = [subscription(1), subscription(2)];
    const { ports, log } = createStillPorts({
      list: showing([], [subscription(2)], both, [subscription(1)]),
      create: () => Promise.resolve(done(2)),
    });
    const { subscriptions } = await run(ports, { recheckAfter: 1_500 });
    expect(subscriptions).toEqual([subscription(1)]);
    expect(log).toEqual(["list", "create", "list", "pause 1500", "list", "delete", "list"]);
  });

  it("does not read the list later if nothing was written", async () => {
    const { ports, log } = createStillPorts({ list: showing([subscription(1)]) });
    await run(ports, { recheckAfter: 1_500 });
    expect(log).toEqual(["list"]);
  });

  it("never relies on what it has deleted, however long the list shows it", async () => {
    const both = [subscription(1), subscription(2)];
    const { ports, log } = createStillPorts({
      list: showing(both, both, both, [subscription(1)]),
    });
    const { subscriptions } = await run(ports);
    expect(subscriptions).toEqual([subscription(1)]);
    expect(log).toEqual(["list", "delete", "list", ...ALL_PATIENCE.slice(0, 4)]);
  });

  it("deletes once more what the list still shows, and then reports a stale list", async () => {
    const { ports, log } = createStillPorts({ list: showing([subscription(1), subscription(2)]) });
    const error: unknown = await run(ports).catch(caught);
    expect(error).toMatchObject({ id: 2, cause: "deleted in vain" });
    expect(log).toEqual([
      ...["list", "delete", "list", ...ALL_PATIENCE],
      ...["delete", "pause 4000", "list"],
    ]);
  });

  it("reads the list after a write in doubt, and once more after the longest wait", async () => {
    const { ports, log } = createStillPorts({
      list: showing([], [subscription(1)]),
      create: () => Promise.resolve(inDoubt),
    });
    const { wasInDoubt } = await run(ports);
    expect(wasInDoubt).toBe(true);
    expect(log).toEqual(["list", "create", "list", "pause 8000", "list"]);
  });

  it("also reads the list late when an update or a deletion is in doubt", async () => {
    const { ports, log } = createStillPorts({
      list: showing([subscription(1), subscription(2)], [subscription(1)]),
      countDoubts: () => 1,
    });
    await run(ports);
    expect(log).toEqual(["list", "delete", "list", "pause 8000", "list"]);
  });

  it("reads the list again as soon as somebody else was faster", async () => {
    const { ports, log } = createStillPorts({
      list: showing(
        [1, 2, 3].map((id) => subscription(id)),
        [subscription(1)],
      ),
      delete: () => Promise.resolve({ end: "refused", error: notFoundError, isConflict: true }),
    });
    await run(ports);
    expect(log).toEqual(["list", "delete", "list"]);
  });

  it("believes a 404 only when the list agrees, and changes nothing until then", async () => {
    const { ports, log } = createStillPorts({
      list: showing([subscription(1), subscription(2)]),
      delete: () => Promise.resolve({ end: "refused", error: notFoundError, isConflict: true }),
    });
    await expect(run(ports)).rejects.toBe(notFoundError);
    expect(log).toEqual(["list", "delete", "list", ...ALL_PATIENCE]);
  });

  it.each([
    ["succeeds if a refused post turns out to be unnecessary", [subscription(1)], undefined],
    ["throws the error of a refused post that is still necessary", [], lostAnswer],
  ])("%s", async (_name, second, expected) => {
    const { ports, log } = createStillPorts({
      list: showing([], second),
      create: () => Promise.resolve({ end: "refused", error: lostAnswer, isConflict: false }),
    });
    expect(await run(ports).then(() => undefined, caught)).toBe(expected);
    expect(log).toEqual(["list", "create", "list"]);
  });

  it("waits as long as possible for the list to show a conflict", async () => {
    const { ports, log } = createStillPorts({
      list: showing([]),
      create: () => Promise.resolve({ end: "refused", error: lostAnswer, isConflict: true }),
    });
    await expect(run(ports)).rejects.toBe(lostAnswer);
    expect(log).toEqual(["list", "create", "list", ...ALL_PATIENCE]);
  });

  it("starts no write more than a second after it read the list", async () => {
    let now = 0;
    const { ports, log } = createStillPorts({
      now: () => now,
      list: showing(
        [1, 2, 3].map((id) => subscription(id)),
        [1, 3].map((id) => subscription(id)),
        [subscription(1)],
      ),
      delete: (target) => {
        now += 1_001;
        return Promise.resolve({ end: "done", subscription: target });
      },
    });
    await run(ports);
    expect(log).toEqual(
      ["list", "delete", "list", "delete", "pause 0", "list"].filter((name) => name !== "pause 0"),
    );
  });

  it("tries a postponed write again", async () => {
    const ends = [...Array.from({ length: 9 }, () => postponed), done(1)];
    const { ports } = createStillPorts({
      list: () => Promise.resolve(ends.length > 0 ? [] : [subscription(1)]),
      create: () => Promise.resolve(ends.shift() ?? done(1)),
    });
    expect(await run(ports)).toMatchObject({ outcome: "created" });
  });

  it("looks for the effect of a failed write, and throws its error if there is none", async () => {
    const both = [subscription(1), subscription(2)];
    const failing = { delete: () => Promise.resolve(inDoubt) };
    const landed = createStillPorts({ ...failing, list: showing(both, [subscription(1)]) });
    expect(await run(landed.ports)).toMatchObject({ subscriptions: [{ id: 1 }] });
    const lost = createStillPorts({ ...failing, list: showing(both) });
    await expect(run(lost.ports)).rejects.toBe(lostAnswer);
  });

  it("throws CreateOutcomeUnknownError after all allowed posts if no list shows it", async () => {
    const { ports, log } = createStillPorts({ create: () => Promise.resolve(inDoubt) });
    const error: unknown = await run(ports).catch(caught);
    expect(error).toBeInstanceOf(CreateOutcomeUnknownError);
    expect(error).toMatchObject({ webhookUrl: url, events: ["message.sent"], cause: lostAnswer });
    expect(log.filter((name) => name === "create")).toHaveLength(3);
    expect(log.slice(-2)).toEqual(["pause 4250", "list"]);
  });

  it("throws CreateOutcomeUnknownError if the list cannot be read after a post", async () => {
    let looks = 0;
    const { ports } = createStillPorts({
      list: () => (looks++ === 0 ? Promise.resolve([]) : Promise.reject(lostAnswer)),
    });
    const error: unknown = await run(ports).catch(caught);
    expect(error).toBeInstanceOf(CreateOutcomeUnknownError);
    expect(error).toMatchObject({ cause: lostAnswer });
  });

  it("throws the list error if nothing was posted, or the reason of an aborted call", async () => {
    const reason = new Error("changed my mind");
    const failing = createStillPorts({ list: () => Promise.reject(lostAnswer) });
    await expect(run(failing.ports)).rejects.toBe(lostAnswer);
    let looks = 0;
    const aborted = createStillPorts({
      isAborted: () => true,
      list: () => (looks++ === 0 ? Promise.resolve([]) : Promise.reject(reason)),
    });
    await expect(run(aborted.ports)).rejects.toBe(reason);
  });

  it("throws DuplicateSubscriptionError if duplicates keep coming back", async () => {
    let id = 2;
    const { ports } = createStillPorts({
      list: () => Promise.resolve([subscription(1), subscription(id++)]),
    });
    const error: unknown = await run(ports).catch(caught);
    expect(error).toBeInstanceOf(DuplicateSubscriptionError);
    expect(error).toMatchObject({ sharedEvents: ["message.sent"] });
  });
});

function caught(error: unknown): unknown {
  return error;
}
