import { expect, it } from "vitest";
import { askAs, EVENT, WEBHOOK_URL } from "./ask.js";
import { createJudge } from "./judge.js";
import { randomBelow } from "./random.js";
import { createVirtualClock } from "./virtual-clock.js";

/** Everything that a run of three clumsy clients under many knobs leaves behind, as text. */
async function runAll(seed: number): Promise<string> {
  const clock = createVirtualClock({ seed });
  const judge = createJudge({
    ...{ seed, clock, ids: "random", order: "shuffled", events: "shuffled", latency: [5, 80] },
    ...{ lag: 200, lagKind: "backInTime", deleteDelay: 30, traffic: { every: 70 } },
    errors: { before: 0.1, after: 0.1 },
    cuts: { before: 0.1, after: 0.1 },
    lateWrites: { chance: 0.1, delay: 300 },
    rateLimit: { perSecond: 30 },
  });
  judge.watch(WEBHOOK_URL, [EVENT]);
  const lists: unknown[] = [];
  const live = async (name: string): Promise<void> => {
    const client = askAs(name, judge);
    for (let round = 0; round < 15; round += 1) {
      try {
        const rows = await client.list();
        lists.push(rows);
        const row = rows[randomBelow(clock.random, rows.length)];
        await (row && rows.length > 1 ? client.remove(Number(row["id"])) : client.post());
      } catch {
        // Cut, or an error in place of a list.
      }
      await clock.sleep(randomBelow(clock.random, 50));
    }
  };
  await clock.run(() => Promise.all(["a", "b", "c"].map(live)));
  const { requests } = judge;
  return JSON.stringify([requests, lists, judge.rows(), judge.verdict(), clock.now()]);
}

it("the same seed repeats the same run", async () => {
  const run = await runAll(7);
  expect(await runAll(7)).toBe(run);
});

it("another seed leads to another run", async () => {
  expect(await runAll(8)).not.toBe(await runAll(9));
});
