import { describe, expect, it } from "vitest";
import { InvalidResponseError } from "../../src/index.js";
import { createJudgedWorld, type JudgedWorld } from "../support/judged.js";
import { rejectionOf } from "../support/rejection.js";
import { EVENT, WEBHOOK_URL } from "./ask.js";
import type { JudgeOptions } from "./judge.js";

const INPUT = { webhook_url: WEBHOOK_URL, events: [EVENT] };

function createWorld(options: JudgeOptions): JudgedWorld {
  const world = createJudgedWorld({ seed: 1, ...options });
  world.judge.watch(WEBHOOK_URL, [EVENT]);
  return world;
}

describe("one `ensure` on a list that lags", () => {
  it.each([150, 500, 1_500, 4_000, 12_000])(
    "by %d ms sends one POST and returns the true result",
    async (lag) => {
      const { judge, clock, connect } = createWorld({ lag });
      const { outcome, subscriptions } = await clock.run(() =>
        connect("one").webhookSubscriptions.ensure(INPUT),
      );
      expect(judge.count("POST")).toBe(1);
      expect(judge.rows()).toHaveLength(1);
      expect(outcome).toBe("created");
      expect(subscriptions.map(({ id }) => id)).toEqual(judge.rows().map(({ id }) => id));
      expect(judge.verdict()).toMatchObject({ duplicates: [], losses: [] });
      expect(judge.count("GET")).toBeLessThanOrEqual(8);
    },
  );

  it.each([150, 500, 1_500, 4_000, 12_000])(
    "by %d ms deletes the redundant subscription",
    async (lag) => {
      const { judge, clock, connect } = createWorld({});
      judge.addRow(INPUT);
      judge.addRow(INPUT);
      await clock.sleep(lag);
      judge.set({ lag });
      const ensure = connect("one").webhookSubscriptions.ensure(INPUT);
      expect(await clock.run(() => ensure)).toMatchObject({
        outcome: "updated",
        subscriptions: [{ id: 1 }],
      });
      expect(judge.rows().map(({ id }) => id)).toEqual([1]);
      expect(judge.verdict().losses).toEqual([]);
    },
  );
});

describe("two clients that each see their own writes at once, and the other's after 1 s", () => {
  async function race(recheckAfter: number): Promise<JudgedWorld> {
    const world = createWorld({ lag: 1_000, lagKind: "readYourWrites" });
    const { clock, connect } = world;
    await clock.run(() =>
      Promise.all(
        ["one", "two"].map((name) =>
          connect(name).webhookSubscriptions.ensure(INPUT, { recheckAfter }),
        ),
      ),
    );
    return world;
  }

  it("end with one subscription if they check again after more than 1 s", async () => {
    const { judge } = await race(1_500);
    expect(judge.rows()).toHaveLength(1);
    expect(judge.verdict()).toMatchObject({ losses: [], standing: [] });
  });

  it("end with two subscriptions if they do not, and the next `ensure` repairs the rest", async () => {
    const { judge, clock, connect } = await race(0);
    expect(judge.rows()).toHaveLength(2);
    await clock.sleep(1_000);
    const next = connect("three").webhookSubscriptions;
    expect(await clock.run(() => next.ensure(INPUT))).toMatchObject({ outcome: "updated" });
    expect(judge.rows()).toHaveLength(1);
    expect(judge.verdict()).toMatchObject({ losses: [], standing: [] });
  });
});

describe("a frozen list", () => {
  it.each<[string, (world: JudgedWorld) => Promise<unknown>]>([
    ["ensure", ({ connect }: JudgedWorld) => connect("one").webhookSubscriptions.ensure(INPUT)],
    [
      "removeDuplicates",
      ({ connect }: JudgedWorld) => connect("one").webhookSubscriptions.removeDuplicates(),
    ],
  ])("makes `%s` fail after a few GETs with an error that says so", async (_name, call) => {
    const world = createWorld({});
    const { judge, clock } = world;
    judge.addRow(INPUT);
    judge.addRow(INPUT);
    judge.set({ lagKind: "frozen" });
    const error = await rejectionOf(clock.run(() => call(world)));
    expect(error).toBeInstanceOf(InvalidResponseError);
    expect(error).toMatchObject({ field: "webhook_subscriptions" });
    expect(String(error)).toContain("still shows webhook subscription 2 as it was before");
    expect(judge.count("GET")).toBeLessThanOrEqual(9);
    expect(judge.rows().map(({ id }) => id)).toEqual([1]);
    expect(judge.verdict().losses).toEqual([]);
  });

  it("lets `ensure` create one subscription, because the server has confirmed it", async () => {
    const { judge, clock, connect } = createWorld({});
    judge.set({ lagKind: "frozen" });
    const ensure = connect("one").webhookSubscriptions.ensure(INPUT);
    expect(await clock.run(() => ensure)).toMatchObject({ outcome: "created" });
    expect(judge.rows()).toHaveLength(1);
  });
});

/** A `fetch` that notes how old the last list of its client is when a write goes out, in ms. */
function noteAges({ judge, clock }: JudgedWorld, ages: number[]): typeof globalThis.fetch {
  let lookedAt = -Infinity;
  return async (url, init) => {
    const isLook = init?.method === "GET";
    if (!isLook) ages.push(clock.now() - lookedAt);
    const response = await judge.fetch(url, init);
    if (isLook && response.ok) lookedAt = clock.now();
    return response;
  };
}

describe("a write that depends on a list is sent within a second of it", () => {
  it.each<[string, JudgeOptions]>([
    ["waits for its turn", { rateLimit: { perSecond: 1 } }],
    ["is answered 500 at first", { errors: { before: { PUT: 0.7, DELETE: 0.7 } } }],
    ["takes its time on the way", { latency: [200, 900] }],
  ])("even if the write %s", async (_what, knobs) => {
    const ages: number[] = [];
    for (let seed = 1; seed <= 20; seed++) {
      const world = createJudgedWorld({ seed, ...knobs });
      const { judge, clock, connect } = world;
      judge.addRow({ ...INPUT, version: 1 });
      judge.addRow(INPUT);
      judge.addRow(INPUT);
      await clock.run(() =>
        Promise.allSettled(
          ["one", "two", "three"].map((name) =>
            connect(name, {
              maxRetries: 5,
              fetch: noteAges(world, ages),
            }).webhookSubscriptions.ensure(INPUT),
          ),
        ),
      );
    }
    expect(ages.length).toBeGreaterThan(20);
    expect(Math.max(...ages)).toBeLessThanOrEqual(1_000);
  });
});
