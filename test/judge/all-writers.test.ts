import { afterAll, describe, expect, it } from "vitest";
import { type Mix, type MixReport, runMix } from "../support/mixed-writers.js";
import type { Writer } from "../support/writes.js";
import type { JudgeOptions } from "./judge.js";

/** `SEED=17 npx vitest run all-writers` runs that one mix again, under every knob. */
const { SEED } = process.env;
const SEEDS = SEED ? [Number(SEED)] : Array.from({ length: 300 }, (_, index) => index + 1);

const ALL: readonly Writer[] = [
  "ensure",
  "ensure",
  "create",
  "update",
  "removeDuplicates",
  "applySync",
];
/** The writers that never add to an existing subscription. */
const CAREFUL: readonly Writer[] = ["ensure", "ensure", "create", "removeDuplicates"];
/** The same, where one secret is written again and again; these mixes are all signed. */
const ROTATING: readonly Writer[] = [...CAREFUL, "rotateSecret"];

/** The errors that each kind of call may end with: it was not first, or its subject has changed. */
const EXPECTED = [
  "create: duplicate_subscription",
  "update: duplicate_subscription",
  "update: not_found",
  "rotateSecret: not_found",
  "applySync: stale_plan",
  "applySync: duplicate_subscription",
];
/** A further error of calls with signed subscriptions: what another call made may be somebody else's. */
const FOREIGN = /^ensure: duplicate_subscription$/;
const FAULTS = /: (api_error|connection_error|create_outcome_unknown)$/;

/** Servers whose list is current. */
const CURRENT: readonly [name: string, knobs: Partial<JudgeOptions>][] = [
  ["the plain server", {}],
  ["a shuffled list", { order: "shuffled" }],
  ["a list from the highest id down", { order: "descending" }],
  ["events in another order", { events: "shuffled" }],
  ["200 to a POST", { postStatus: 200 }],
  ["200 to a DELETE", { deleteStatus: 200 }],
  ["deletions that take 1.5 s", { deleteStatus: 202, deleteDelay: 1_500 }],
  ["deletions that leave an inactive subscription", { softDelete: true }],
  ["a PUT that always activates", { putActive: "alwaysTrue" }],
  ["a PUT that activates when it omits `active`", { putActive: "reset" }],
  ["a POST that pauses when it omits `active`", { postActive: false }],
  ["a PUT that keeps no secret", { putSecret: "cleared" }],
  ["deliveries that count as updates", { traffic: { every: 20, touchesUpdatedAt: true } }],
  ["409 to a POST that overlaps", { unique: 409, uniqueBy: "overlap" }],
  ["422 to a POST that overlaps", { unique: 422, uniqueBy: "overlap" }],
  ["409 to a POST with the same events", { unique: 409, uniqueBy: "events" }],
  ["5 requests a second, with Retry-After", { rateLimit: { perSecond: 5 } }],
  ["5 requests a second", { rateLimit: { perSecond: 5, retryAfter: false } }],
];

/** Where a new subscription may be the one that stays, the older ones lose their events by PUT. */
const UNORDERED: readonly [name: string, knobs: Partial<JudgeOptions>][] = [
  ["random ids", { ids: "random" }],
  ["descending ids", { ids: "descending" }],
];

const FAULTY: readonly [name: string, knobs: Partial<JudgeOptions>][] = [
  ["a gateway's 404", { gateway404: 0.2 }],
  ["500 before the write", { errors: { before: 0.1 } }],
  ["500 after the write", { errors: { after: 0.1 } }],
  ["cut connections", { cuts: { before: 0.1, after: 0.1 } }],
  ["writes that land 3 s after a 504", { lateWrites: { chance: 0.15, delay: 3_000 } }],
];

const LATE: readonly [name: string, knobs: Partial<JudgeOptions>][] = [
  ["lags", { lag: 400 }],
  ["lags on one of two replicas", { lag: 400, lagKind: "replica" }],
  ["goes back in time", { lag: 800, lagKind: "backInTime" }],
  ["shows one's own writes first", { lag: 700, lagKind: "readYourWrites" }],
  [
    "lags, and deliveries count as updates",
    { lag: 400, traffic: { every: 20, touchesUpdatedAt: true } },
  ],
];

const totals = { mixes: 0, clients: 0, requests: 0, duplicates: 0 };

afterAll(() => {
  console.log(
    `${totals.mixes} mixes, ${totals.clients} clients, ${totals.requests} requests: no event lost, none twice in the end, for a moment ${totals.duplicates} times`,
  );
});

interface Found {
  readonly losses: readonly unknown[];
  readonly foreign: readonly unknown[];
  readonly standing: readonly unknown[];
  readonly failures: readonly string[];
}

async function runAll(
  mix: Omit<Mix, "seed" | "isSigned">,
  duplicatesOf: (report: MixReport) => readonly unknown[],
  mayFail = /^$/,
): Promise<void> {
  // Duplicates at the start are removed the same way with any knob; a third of the seeds shows it.
  for (const seed of mix.hasDuplicates ? SEEDS.slice(0, SEEDS.length / 3 + 1) : SEEDS) {
    const isSigned = seed % 3 === 0 || mix.writers.includes("rotateSecret");
    const report = await runMix({ ...mix, seed, isSigned });
    totals.mixes++;
    totals.clients += report.clients;
    totals.requests += report.requests;
    totals.duplicates += report.verdict.duplicates.length;
    const found: Found = {
      // What the server's owner removes is not lost by a client.
      losses: report.verdict.losses.filter(({ by }) => by !== undefined),
      foreign: report.verdict.foreignWrites,
      standing: duplicatesOf(report),
      failures: report.failures.filter(
        (failure) =>
          !EXPECTED.includes(failure) &&
          !mayFail.test(failure) &&
          !(isSigned && FOREIGN.test(failure)),
      ),
    };
    const nothing: Found = { losses: [], foreign: [], standing: [], failures: [] };
    expect({ seed, ...found }).toEqual({ seed, ...nothing });
  }
}

const atOnce = ({ verdict }: MixReport): readonly unknown[] => verdict.standing;
const afterTheNext = ({ healed }: MixReport): readonly unknown[] => healed.standing;

describe("concurrent writers with a current list", () => {
  it.each(CURRENT)("lose no event and leave no duplicate: %s", async (_name, knobs) => {
    await runAll({ knobs, writers: ALL }, atOnce);
  });

  it.each(UNORDERED)(
    "lose no event, and the next `ensure` repairs the rest: %s",
    async (_name, knobs) => {
      await runAll({ knobs, writers: CAREFUL }, afterTheNext);
    },
  );

  it.each(FAULTY)(
    "lose no event, and the next `ensure` repairs the rest: %s",
    async (_name, knobs) => {
      await runAll({ knobs, writers: ALL }, afterTheNext, FAULTS);
    },
  );

  it.each(CURRENT)("rotate the secret without a duplicate or a loss: %s", async (_name, knobs) => {
    await runAll({ knobs, writers: ROTATING }, atOnce);
  });

  it.each([...CURRENT, ...UNORDERED])(
    "remove the duplicates that existed before: %s",
    async (_name, knobs) => {
      await runAll({ knobs, writers: CAREFUL, hasDuplicates: true }, afterTheNext);
    },
  );
});

describe("concurrent writers with a late list", () => {
  it.each(LATE)(
    "lose no event, and the next `ensure` repairs the rest: the list %s",
    async (_name, knobs) => {
      await runAll({ knobs, writers: CAREFUL, hasDuplicates: true }, afterTheNext);
    },
  );
});
