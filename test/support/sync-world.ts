import { composeClient } from "../../src/client.js";
import type { EventName, LinqClient } from "../../src/index.js";
import { createSandbox, type Sandbox, type SandboxOptions } from "../../src/sandbox/index.js";
import {
  applySync,
  type ApplyOptions,
  type DesiredSubscription,
  planSync,
  type PlanOptions,
  type SyncPlan,
  type ApplyResult,
} from "../../src/sync/index.js";
import { bendFetch, type PassingRequest } from "./bend-fetch.js";
import { createFastClock } from "./fast-clock.js";
import { withoutLock } from "./sandbox-client.js";

/** What a sandbox holds before a test begins. */
export interface Given {
  readonly webhook_url: string;
  readonly events: readonly EventName[];
  readonly active?: boolean;
  readonly version?: number;
  readonly secret?: string;
}

/** A sandbox that holds something, and a client of it that never waits. */
export interface SyncWorld {
  readonly sandbox: Sandbox;
  readonly linq: LinqClient;
  /** The requests that wrote something, without those that made what is given. */
  readonly writes: readonly PassingRequest[];
  readonly plan: (
    desired: readonly DesiredSubscription[],
    options?: PlanOptions,
  ) => Promise<SyncPlan>;
  /** Plans, and applies. */
  readonly sync: (
    desired: readonly DesiredSubscription[],
    options?: PlanOptions & ApplyOptions,
  ) => Promise<ApplyResult>;
}

export async function createSyncWorld(
  given: readonly Given[] = [],
  options: SandboxOptions = {},
): Promise<SyncWorld> {
  const sandbox = createSandbox(options);
  for (const subscription of given) await post(sandbox, subscription);
  const writes: PassingRequest[] = [];
  const fetch = bendFetch(sandbox.fetch, (request, send) => {
    if (request.method !== "GET") writes.push(request);
    return send();
  });
  const linq = composeClient({ token: "any-token", fetch, lock: withoutLock }, createFastClock());
  const plan: SyncWorld["plan"] = async (desired, planOptions) =>
    planSync(desired, await linq.webhookSubscriptions.list(), planOptions);
  return {
    sandbox,
    linq,
    writes,
    plan,
    sync: async (desired, { concurrency, onProgress, signal, ...planOptions } = {}) =>
      applySync(linq, await plan(desired, planOptions), { concurrency, onProgress, signal }),
  };
}

/** Creates a subscription without any check, as another client would. */
export async function post(sandbox: Sandbox, given: Given): Promise<void> {
  const webhook_subscription = { active: true, version: 2, ...given };
  const { status } = await sandbox.fetch("https://any/api/partner/v2/webhook_subscriptions", {
    method: "POST",
    headers: { "X-LINQ-INTEGRATION-TOKEN": "any", "content-type": "application/json" },
    body: JSON.stringify({ webhook_subscription }),
  });
  if (status !== 201) throw new Error(`the sandbox answered ${status}`);
}
