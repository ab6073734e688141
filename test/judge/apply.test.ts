import { describe, expect, it } from "vitest";
import { type LinqClient, StalePlanError } from "../../src/index.js";
import { applySync, planSync, type ApplyResult } from "../../src/sync/index.js";
import { createJudgedWorld, type JudgedWorld } from "../support/judged.js";
import { EVENT } from "./ask.js";
import type { JudgeOptions } from "./judge.js";

function at(nth: number): { webhook_url: string; events: [typeof EVENT] } {
  return { webhook_url: `https://example.com/${nth}`, events: [EVENT] };
}

function desired(count: number): ReturnType<typeof at>[] {
  return Array.from({ length: count }, (_, index) => at(index));
}

async function apply(
  linq: LinqClient<string>,
  entries: ReturnType<typeof at>[],
): Promise<ApplyResult> {
  const plan = planSync(entries, await linq.webhookSubscriptions.list(), {
    prune: true,
    scope: ["https://example.com/"],
  });
  return applySync(linq, plan);
}

/** What a plan needs in addition to `count` writes: a list to make it from, and those of `applySync`. */
function readsOf({ judge }: JudgedWorld): number {
  return judge.count("GET") - 1;
}

describe("the cost of a plan is its writes and a few lists", () => {
  it.each<[number, JudgeOptions, number]>([
    [1, {}, 2],
    [1_000, {}, 2],
    [1_000, { lag: 500 }, 4],
    [10_000, {}, 2],
  ])("%d creations, with %o", async (count, knobs, most) => {
    const world = createJudgedWorld({ seed: 1, latency: [1, 4], ...knobs });
    const { judge, clock, connect } = world;
    const result = await clock.run(() => apply(connect("apply"), desired(count)));
    expect(result.failed).toEqual([]);
    expect(result.done).toHaveLength(count);
    expect(judge.count("POST")).toBe(count);
    expect(readsOf(world)).toBeLessThanOrEqual(most);
    expect(judge.rows()).toHaveLength(count);
    console.log(
      `${count} creations, with ${JSON.stringify(knobs)}: ${judge.count("POST")} POSTs, ${readsOf(world)} lists`,
    );
  });

  it.each<[string, Partial<Parameters<JudgedWorld["judge"]["addRow"]>[0]>, "PUT" | "DELETE"]>([
    ["updates", { version: 1 }, "PUT"],
    ["deletions", { webhook_url: "https://example.com/old" }, "DELETE"],
  ])("1,000 %s", async (_what, row, method) => {
    const world = createJudgedWorld({ seed: 1, latency: [1, 4] });
    const { judge, clock, connect } = world;
    const entries = method === "PUT" ? desired(1_000) : [];
    for (const entry of desired(1_000)) {
      const suffix = new URL(entry.webhook_url).pathname;
      judge.addRow({
        ...entry,
        ...row,
        ...(method === "DELETE" && { webhook_url: `https://example.com/old${suffix}` }),
      });
    }
    const result = await clock.run(() => apply(connect("apply"), entries));
    expect(result.failed).toEqual([]);
    expect(judge.count(method)).toBe(1_000);
    // The run takes longer than a list may be used: one new list a second.
    expect(readsOf(world)).toBeLessThanOrEqual(6);
  });
});

describe("100 creations", () => {
  const COUNT = 100;

  /** Applies what is desired once more, as often as it takes, as somebody would. */
  async function converge(linq: LinqClient<string>, runs: number): Promise<void> {
    for (let run = 1; run <= runs; run++) {
      const { failed, pending } = await apply(linq, desired(COUNT));
      if (failed.length + pending.length === 0) return;
    }
    throw new Error(`it has not converged in ${runs} runs`);
  }

  function watchAll({ judge }: JudgedWorld): void {
    for (const { webhook_url, events } of desired(COUNT)) judge.watch(webhook_url, events);
  }

  it.each<[string, JudgeOptions]>([
    ["500s", { errors: { before: { POST: 0.05 }, after: { POST: 0.05 } } }],
    ["cut connections", { cuts: { before: { POST: 0.05 }, after: { POST: 0.05 } } }],
    ["writes that land 3 s after a 504", { lateWrites: { chance: { POST: 0.05 }, delay: 3_000 } }],
    ["a list that lags", { lag: 1_000 }],
    ["20 requests a second", { rateLimit: { perSecond: 20 } }],
  ])("leave one subscription per URL despite %s", async (_what, knobs) => {
    const world = createJudgedWorld({ seed: 1, latency: [1, 4], ...knobs });
    const { judge, clock, connect } = world;
    watchAll(world);
    await clock.run(() => converge(connect("apply"), 3));
    judge.land();
    expect(judge.verdict()).toMatchObject({ losses: [], standing: [] });
    expect(judge.rows()).toHaveLength(COUNT);
  });

  it("leave one subscription per URL while other clients create some", async () => {
    const world = createJudgedWorld({ seed: 1, latency: [1, 4] });
    const { judge, clock, connect } = world;
    watchAll(world);
    const applied = await clock.run(async () => {
      const result = apply(connect("apply"), desired(COUNT));
      // After the first list of `applySync`: before it, the plan would be stale.
      while (judge.count("POST") === 0) await clock.sleep(1);
      const others = desired(COUNT).filter((_, index) => index % 3 === 0);
      await Promise.all(
        others.map((input, index) => connect(`other-${index}`).webhookSubscriptions.ensure(input)),
      );
      return result;
    });
    expect(applied.failed).toEqual([]);
    expect(judge.verdict()).toMatchObject({ losses: [], standing: [] });
    expect(judge.rows()).toHaveLength(COUNT);
  });

  it("do not start when another client has changed what the plan is about", async () => {
    const { judge, clock, connect } = createJudgedWorld({ seed: 1 });
    const linq = connect("apply");
    const plan = planSync(desired(COUNT), []);
    judge.addRow(at(7));
    await expect(clock.run(() => applySync(linq, plan))).rejects.toBeInstanceOf(StalePlanError);
    expect(judge.count("POST")).toBe(0);
  });
});
