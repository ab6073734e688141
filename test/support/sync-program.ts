/**
 * Somebody's deployment, as a process of its own: it plans and applies whenever its parent tells it
 * to, one step after the other, and says when it is done. Its pauses run twenty times as fast as they
 * would, since a test kills it many times.
 */
import { composeClient } from "../../src/client.js";
import { systemClock } from "../../src/http/clock.js";
import {
  applySync,
  type DesiredSubscription,
  planSync,
  type PlanOptions,
} from "../../src/sync/index.js";

/** What the process is told to do. */
export interface SyncOrder {
  readonly baseUrl: string;
  readonly desired: readonly DesiredSubscription[];
  readonly options: PlanOptions;
}

const SPEED = 20;

process.on("message", (order) => {
  // The parent sends nothing else.
  const { baseUrl, desired, options } = order as SyncOrder;
  const sleep: typeof systemClock.sleep = (ms, signal) => systemClock.sleep(ms / SPEED, signal);
  const linq = composeClient({ token: "any-token", baseUrl }, { ...systemClock, sleep });
  const run = async (): Promise<void> => {
    const plan = planSync(desired, await linq.webhookSubscriptions.list(), options);
    const { failed } = await applySync(linq, plan, { concurrency: 1 });
    process.send?.({ failed: failed.map(({ error }) => String(error)) });
  };
  void run();
});
process.send?.({});
