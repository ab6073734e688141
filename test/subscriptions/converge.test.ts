import { afterEach, describe, expect, it, vi } from "vitest";
import { DuplicateSubscriptionError } from "../../src/errors/duplicate-subscription-error.js";
import { CreateOutcomeUnknownError } from "../../src/errors/create-outcome-unknown-error.js";
import { converge, type Ports } from "../../src/subscriptions/converge.js";
import type { decide } from "../../src/subscriptions/decide.js";
import type { WebhookSubscription } from "../../src/subscriptions/subscription.js";
import { runInterleaving } from "../support/interleavings.js";

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

/** How many of the first seeds end with an event delivered twice or lost, or not at all. */
async function countFailures(seeds: number): Promise<{ failures: number; first: string }> {
  let failures = 0;
  let first = "";
  for (let seed = 1; seed <= seeds; seed++) {
    for (const crashes of [false, true]) {
      const verdict = await runInterleaving(seed, { crashes }).catch((error: unknown) => ({
        twice: [String(error)],
        lost: [],
      }));
      if (verdict.twice.length + verdict.lost.length === 0) continue;
      first ||= `seed ${seed}, crashes ${String(crashes)}: ${JSON.stringify(verdict)}`;
      failures++;
    }
  }
  return { failures, first };
}

describe("under random interleavings", () => {
  it("delivers every event exactly once, whoever does what when, and whoever crashes", async () => {
    const { failures, first } = await countFailures(10_000);
    expect(first).toBe("");
    expect(failures).toBe(0);
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
          return { action: "update", target, events, version: 2, givenUp: [] };
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

/** A world in which nothing ever happens, for tests that bend one thing. */
function createStillPorts(list: WebhookSubscription[]): Ports & { posts: number } {
  return {
    posts: 0,
    list: () => Promise.resolve(list),
    create(): Promise<void> {
      this.posts++;
      return Promise.resolve();
    },
    update: () => Promise.resolve(),
    delete: () => Promise.resolve(),
    pause: () => Promise.resolve(),
  };
}

describe("when it does not come to rest", () => {
  const url = "https://example.com/hook";
  const wanted = new Set(["message.sent"]);
  const goal = { wanted, guarded: wanted, version: 2, needsSecret: false };
  const twin = (id: number): WebhookSubscription => ({
    id,
    webhook_url: url,
    version: 2,
    events: ["message.sent"],
    active: true,
  });

  it("says which subscriptions keep coming back", async () => {
    const error: unknown = await converge(url, goal, createStillPorts([twin(1), twin(2)])).catch(
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(DuplicateSubscriptionError);
    expect(error).toMatchObject({ sharedEvents: ["message.sent"], existing: [{ id: 2 }] });
  });

  it("posts a few times at the most when the list never shows it, and says so", async () => {
    const ports = createStillPorts([]);
    await expect(converge(url, goal, ports)).rejects.toThrow(CreateOutcomeUnknownError);
    expect(ports.posts).toBe(3);
  });
});
