import { describe, expect, it } from "vitest";
import { createJudgedWorld } from "../support/judged.js";
import { EVENT, WEBHOOK_URL } from "./ask.js";
import type { JudgeOptions } from "./judge.js";

const INPUT = { webhook_url: WEBHOOK_URL, events: [EVENT] } as const;
/** The default of `totalTimeout`, in ms. */
const TOTAL_TIMEOUT = 120_000;

describe("a fleet that starts at once", () => {
  it.each<[string, number, Partial<JudgeOptions>]>([
    ["500 replicas", 500, {}],
    [
      "200 replicas at 50 requests a second, told when to come back",
      200,
      { rateLimit: { perSecond: 50 } },
    ],
    [
      "200 replicas at 50 requests a second",
      200,
      { rateLimit: { perSecond: 50, retryAfter: false } },
    ],
  ])("ends with one subscription and without errors: %s", async (name, replicas, knobs) => {
    const { judge, clock, connect } = createJudgedWorld({ seed: 1, latency: [5, 50], ...knobs });
    judge.watch(WEBHOOK_URL, [EVENT]);
    const startedAt = clock.now();
    const ends = await clock.run(() =>
      Promise.all(
        Array.from({ length: replicas }, async (_, index) => {
          await connect(`replica-${index}`).webhookSubscriptions.ensure(INPUT);
          return clock.now() - startedAt;
        }),
      ),
    );
    const most = Math.max(...ends);
    const each = judge.requests.length / replicas;
    console.log(
      `${name}: ${each.toFixed(1)} requests a replica, at most ${judge.peakPerSecond()} a second, ${(most / 1_000).toFixed(1)} s`,
    );
    expect(judge.rows()).toHaveLength(1);
    expect(judge.verdict()).toMatchObject({ losses: [], standing: [] });
    expect(most).toBeLessThan(TOTAL_TIMEOUT);
  });
});
