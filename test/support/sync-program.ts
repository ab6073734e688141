/**
 * Somebody's deployment, as a process of its own: it plans and applies whenever its parent tells it
 * to, one step after the other, and says when it is done.
 */
import { createLinqClient } from "../../src/index.js";
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

process.on("message", (order) => {
  // The parent sends nothing else.
  const { baseUrl, desired, options } = order as SyncOrder;
  const linq = createLinqClient({ token: "any", baseUrl });
  const run = async (): Promise<void> => {
    const plan = planSync(desired, await linq.webhookSubscriptions.list(), options);
    const { failed } = await applySync(linq, plan, { concurrency: 1 });
    process.send?.({ failed: failed.map(({ error }) => String(error)) });
  };
  void run();
});
process.send?.({});
