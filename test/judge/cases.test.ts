import { describe, expect, it } from "vitest";
import { applySync, planSync } from "../../src/sync/index.js";
import { createJudgedWorld, type JudgedWorld } from "../support/judged.js";
import { EVENT, WEBHOOK_URL } from "./ask.js";
import type { JudgeOptions } from "./judge.js";

const INPUT = { webhook_url: WEBHOOK_URL, events: [EVENT] } as const;
const SECRET = { secret: "the secret of our team" };

/** What a client does, from its own point of view. */
type Act = (world: JudgedWorld, name: string) => Promise<unknown>;

const ensure: Act = ({ connect }, name) => connect(name).webhookSubscriptions.ensure(INPUT);
const ensureSigned: Act = ({ connect }, name) =>
  connect(name).webhookSubscriptions.ensure({ ...INPUT, ...SECRET });
const remove: Act = ({ connect }, name) => connect(name).webhookSubscriptions.removeDuplicates();
const apply: Act = async ({ connect }, name) => {
  const linq = connect(name);
  const plan = planSync([INPUT], await linq.webhookSubscriptions.list());
  const { failed } = await applySync(linq, plan);
  expect(failed).toEqual([]);
};

const seeds = Array.from({ length: 50 }, (_, index) => index + 1);

describe("nothing is lost and nothing arrives twice after", () => {
  it.each<[string, Partial<JudgeOptions>, readonly Act[], readonly object[]]>([
    ["two `removeDuplicates` while deliveries arrive", {}, [remove, remove], [{}, {}, {}]],
    ["`removeDuplicates` beside `ensure`", {}, [remove, ensure], [{}, {}]],
    [
      "`removeDuplicates` beside `ensure`, where the lowest id has no secret",
      {},
      [remove, ensureSigned],
      [{}, SECRET, SECRET],
    ],
    ["`applySync` beside `ensure`, with nothing there", {}, [apply, ensure], []],
    ["`applySync` beside `ensure`, with duplicates", {}, [apply, ensure], [{}, {}]],
    ["two `applySync` with nothing there", {}, [apply, apply], []],
    ["two `applySync` with duplicates", {}, [apply, apply], [{}, {}, {}]],
    ["all of them", {}, [apply, remove, ensure, apply, remove, ensure], [{}, {}, {}]],
    [
      "`removeDuplicates` alone where deletions take a while",
      { deleteStatus: 202, deleteDelay: 3_000 },
      [remove],
      [{}, {}, {}],
    ],
    [
      "two `removeDuplicates` where deletions take a while",
      { deleteStatus: 202, deleteDelay: 3_000 },
      [remove, remove],
      [{}, {}, {}],
    ],
    [
      "`removeDuplicates` where deleted subscriptions stay as inactive",
      { softDelete: true },
      [remove],
      [{}, {}],
    ],
  ])("%s", async (_name, knobs, acts, rows) => {
    for (const seed of seeds) {
      const world = createJudgedWorld({
        seed,
        latency: [5, 200],
        traffic: { every: 30 },
        ...knobs,
      });
      const { judge, clock } = world;
      judge.watch(WEBHOOK_URL, [EVENT]);
      for (const row of rows) judge.addRow({ ...INPUT, events: [EVENT], ...row });
      const ends = await clock.run(() =>
        Promise.allSettled(acts.map((act, index) => act(world, `client-${index}`))),
      );
      const errors = ends.flatMap((end) => (end.status === "rejected" ? [String(end.reason)] : []));
      // A plan that other clients have made stale says so, and writes nothing.
      expect(
        errors.filter((error) => !error.includes("have changed since this plan was made")),
      ).toEqual([]);
      expect({ seed, ...judge.verdict() }).toMatchObject({ seed, losses: [], standing: [] });
      const delivering = judge.rows().filter(({ active }) => active);
      expect(delivering).toHaveLength(1);
    }
  });
});

it("an `applySync` whose PUT lands after the last check of an `ensure` removes the duplicate it caused", async () => {
  const { judge, clock, connect } = createJudgedWorld({ seed: 1 });
  judge.watch(WEBHOOK_URL, [EVENT, "message.sent"]);
  judge.addRow({ webhook_url: WEBHOOK_URL, events: ["message.sent"] });
  const linq = connect("apply");
  const input = { webhook_url: WEBHOOK_URL, events: [EVENT, "message.sent"] } as const;
  await clock.run(async () => {
    const plan = planSync([input], await linq.webhookSubscriptions.list());
    // Its PUT is under way for half a second, in which the other begins and ends.
    judge.set({ latency: [500, 500] });
    const applied = applySync(linq, plan);
    await clock.sleep(1_400);
    judge.set({ latency: [0, 0] });
    const ensured = connect("ensure").webhookSubscriptions.ensure({ ...INPUT, events: [EVENT] });
    expect(await ensured).toMatchObject({ outcome: "created" });
    expect((await applied).failed).toEqual([]);
  });
  expect(judge.verdict()).toMatchObject({ losses: [], standing: [] });
  expect(judge.verdict().duplicates.length).toBeGreaterThan(0);
  expect(judge.rows().map(({ id }) => id)).toEqual([1]);
});

describe("two PUTs to one subscription that cross, as the API has no compare-and-set", () => {
  it("may lose an event, and the client that added it writes it again within 2.5 s", async () => {
    let [crossed, longest] = [0, 0];
    for (const seed of Array.from({ length: 300 }, (_, index) => index + 1)) {
      const { judge, clock, connect } = createJudgedWorld({ seed, latency: [5, 150] });
      judge.watch(WEBHOOK_URL, [EVENT, "message.sent"]);
      judge.addRow({ webhook_url: WEBHOOK_URL, events: [EVENT] });
      const [one, two] = ["one", "two"].map((name) => connect(name).webhookSubscriptions);
      await clock.run(() =>
        Promise.all([
          one?.update(1, { events: [EVENT, "message.sent"] }),
          two?.update(1, { version: 3 }),
        ]),
      );
      const { losses, missing } = judge.verdict();
      expect(missing).toEqual([]);
      for (const { from, to } of losses) longest = Math.max(longest, (to ?? Infinity) - from);
      crossed += Math.sign(losses.length);
    }
    console.log(`${crossed} of 300 pairs of PUTs crossed; the longest gap was ${longest} ms`);
    expect(crossed).toBeGreaterThan(0);
    expect(longest).toBeLessThanOrEqual(2_500);
  });
});
