import { expect, it } from "vitest";
import { composeClient, type LinqClient } from "../../src/client.js";
import { EVENT, WEBHOOK_URL } from "./ask.js";
import { createJudge, type Judge, type JudgeOptions } from "./judge.js";
import { createVirtualClock, type VirtualClock } from "./virtual-clock.js";

interface Scene {
  readonly judge: Judge;
  readonly clock: VirtualClock;
  readonly connect: (token: string) => LinqClient<string>;
}

function stage(options: JudgeOptions): Scene {
  const clock = createVirtualClock({ seed: 1 });
  const judge = createJudge({ clock, ...options });
  judge.watch(WEBHOOK_URL, [EVENT]);
  const connect = (token: string): LinqClient<string> =>
    composeClient({ token: token.padEnd(6, "-"), fetch: judge.fetch }, clock);
  return { judge, clock, connect };
}

it("a client runs through hours of virtual time", async () => {
  const { judge, clock, connect } = stage({ latency: [60_000, 120_000] });
  const linq = connect("client-a");
  const start = clock.now();
  await clock.run(async () => {
    for (let round = 0; round < 30; round += 1) {
      await linq.webhookSubscriptions.ensure({ webhook_url: WEBHOOK_URL, events: [EVENT] });
    }
  });
  expect(judge.rows()).toHaveLength(1);
  expect(judge.verdict()).toMatchObject({ duplicates: [], losses: [] });
  expect(clock.now() - start).toBeGreaterThan(3_600_000);
  expect(judge.count(undefined, "client-a")).toBe(judge.count());
});

it("several clients repeat the same run for the same seed", async () => {
  const runAll = async (): Promise<string> => {
    const { judge, clock, connect } = stage({
      latency: [5, 200],
      errors: { before: 0.1, after: 0.1 },
      cuts: { before: 0.1, after: 0.1 },
    });
    const input = { webhook_url: WEBHOOK_URL, events: [EVENT] };
    const ensure = (token: string): Promise<unknown> =>
      connect(token).webhookSubscriptions.ensure(input);
    await clock.run(() => Promise.allSettled(["a", "b", "c"].map(ensure)));
    return JSON.stringify([judge.requests, judge.verdict(), clock.now()]);
  };
  expect(await runAll()).toBe(await runAll());
});
