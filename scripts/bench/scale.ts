import { built } from "./built.js";
import { subscriptions } from "./list.js";
import { measure, type Timing } from "./measure.js";

const SIZES = [1_000, 10_000, 100_000];

/** Time per subscription for lists of growing length; ratios are to the shortest list. */
export async function benchScale(): Promise<Record<string, Timing[]>> {
  const { planSync } = await built("sync/index.js");
  const { findDuplicates } = await built("index.js");
  const lists = SIZES.map((size) => ({ size, actual: subscriptions(size) }));
  const desired = lists.map(({ actual }) =>
    actual.map(({ webhook_url }) => ({ webhook_url, events: ["message.sent" as const] })),
  );
  return {
    "findDuplicates, per subscription": await perSubscription(
      lists.map(({ actual }) => () => {
        findDuplicates(actual);
      }),
    ),
    "planSync with a change for each, per subscription": await perSubscription(
      lists.map(({ actual }, index) => () => {
        planSync(desired[index] ?? [], actual);
      }),
    ),
  };
}

async function perSubscription(subjects: readonly (() => void)[]): Promise<Timing[]> {
  const named = subjects.map((subject, index) => [`${SIZES[index] ?? 0}`, subject] as const);
  const timings = await measure(Object.fromEntries(named), 5);
  const each = timings.map(({ name, milliseconds }) => milliseconds / Number(name));
  return timings.map(({ name }, index) => ({
    name: `of ${Number(name).toLocaleString("en")}`,
    milliseconds: each[index] ?? NaN,
    ratio: (each[index] ?? NaN) / (each[0] ?? NaN),
  }));
}
