import { describe, expect, it } from "vitest";
import {
  InvalidInputError,
  type LinqClient,
  LinqApiError,
  StalePlanError,
} from "../../src/index.js";
import {
  applySync,
  type ApplyOptions,
  type DesiredSubscription,
  type SyncPlan,
  type SyncProgress,
  type SyncStep,
} from "../../src/sync/index.js";
import { rejectionOf } from "../support/rejection.js";
import { createSyncWorld, type Given, post, type SyncWorld } from "../support/sync-world.js";
import { bendFetch } from "../support/bend-fetch.js";
import { withoutLock } from "../support/sandbox-client.js";
import { createFastClock } from "../support/fast-clock.js";
import { composeClient } from "../../src/client.js";

const at = (path: string): string => `https://example.com/${path}`;

/** One entry for each kind of step. */
const DESIRED: DesiredSubscription[] = [
  { webhook_url: at("new"), events: ["message.sent"] },
  { webhook_url: at("other"), events: ["message.sent", "message.read"] },
  { webhook_url: at("moved"), events: ["call.completed"], replaces: [at("old*")] },
  { webhook_url: at("duplicates"), events: ["message.sent"] },
  { webhook_url: at("same"), events: ["message.sent"] },
];

const GIVEN: Given[] = [
  { webhook_url: at("other"), events: ["message.sent"] },
  { webhook_url: at("old1"), events: ["call.completed"] },
  { webhook_url: at("old2"), events: ["call.completed"] },
  { webhook_url: at("duplicates"), events: ["message.sent"] },
  { webhook_url: at("duplicates"), events: ["message.sent", "message.read"] },
  { webhook_url: at("same"), events: ["message.sent"] },
  { webhook_url: at("gone"), events: ["message.sent"] },
  { webhook_url: "https://foreign.example/", events: ["message.sent"] },
];

const PRUNE = { scope: [at("gone")], prune: true };

/** Steps in short: what is done to which path. */
const outline = (steps: readonly SyncStep[]): string[] =>
  steps.map(({ action, webhook_url }) => `${action} ${new URL(webhook_url).pathname.slice(1)}`);

const WRITES = ["create new", "update other", "update moved"];
const DELETES = ["delete old2", "delete duplicates", "delete gone"];

/** Plans again and expects that nothing is left to do. */
async function expectConverged({ plan, sandbox }: SyncWorld): Promise<void> {
  const { steps } = await plan(DESIRED, PRUNE);
  expect(steps.map(({ action }) => action)).toEqual(DESIRED.map(() => "keep"));
  const shown = sandbox.subscriptions.map(({ webhook_url, events }) => [webhook_url, events]);
  expect(Object.fromEntries(shown)).toEqual({
    [at("new")]: ["message.sent"],
    [at("other")]: ["message.sent", "message.read"],
    [at("moved")]: ["call.completed"],
    [at("duplicates")]: ["message.sent"],
    [at("same")]: ["message.sent"],
    "https://foreign.example/": ["message.sent"],
  });
}

describe("a plan with every kind of step", () => {
  it("is carried out, and then there is nothing left to do", async () => {
    const world = await createSyncWorld(GIVEN);
    const { done, failed, pending } = await world.sync(DESIRED, { ...PRUNE, concurrency: 1 });
    expect(outline(done)).toEqual([...WRITES, ...DELETES]);
    expect(failed).toEqual([]);
    expect(pending).toEqual([]);
    await expectConverged(world);
    const { done: again } = await world.sync(DESIRED, PRUNE);
    expect(again).toEqual([]);
  });

  it("finishes all writes before it deletes, whatever the concurrency", async () => {
    for (const concurrency of [1, 2, 4, 100]) {
      const world = await createSyncWorld(GIVEN);
      await world.sync(DESIRED, { ...PRUNE, concurrency });
      const methods = world.writes.map(({ method }) => method);
      expect(methods.indexOf("DELETE")).toBe(3);
      expect(methods.lastIndexOf("DELETE")).toBe(5);
      await expectConverged(world);
    }
  });

  it("returns the very steps of the plan", async () => {
    const world = await createSyncWorld(GIVEN);
    const plan = await world.plan(DESIRED, PRUNE);
    const { done } = await applySync(world.linq, plan);
    expect(new Set(done)).toEqual(new Set(plan.steps.filter(({ action }) => action !== "keep")));
    for (const step of done) expect(plan.steps).toContain(step);
  });

  it("reports each step when it has ended", async () => {
    const world = await createSyncWorld(GIVEN);
    const told: SyncProgress[] = [];
    world.sandbox.inject({ kind: "status", status: 422, operation: "createWebhookSubscription" });
    const { done, failed } = await world.sync(DESIRED, {
      concurrency: 1,
      onProgress: (progress) => told.push(progress),
    });
    expect(told.map(({ completed, total, status }) => [completed, total, status])).toEqual([
      [1, 5, "failed"],
      [2, 5, "done"],
      [3, 5, "done"],
    ]);
    expect(told.map(({ step }) => step)).toEqual([...failed.map(({ step }) => step), ...done]);
  });

  it.each<[string, () => void]>([
    [
      "throws",
      () => {
        throw new Error("a bug of the caller");
      },
    ],
    // An async function is allowed where no result is expected.
    ["rejects", () => Promise.reject(new Error("a bug of the caller")) as unknown as undefined],
  ])("continues when `onProgress` %s", async (_what, onProgress) => {
    const world = await createSyncWorld(GIVEN);
    const { failed } = await world.sync(DESIRED, { ...PRUNE, onProgress });
    expect(failed).toEqual([]);
    await expectConverged(world);
  });
});

it("keeps the spelling of an unchanged URL, and writes that of a moved one", async () => {
  const { sync, sandbox } = await createSyncWorld([
    { webhook_url: "https://EXAMPLE.com/other", events: ["message.read"] },
    { webhook_url: at("old1"), events: ["call.completed"] },
  ]);
  const [, other, moved] = DESIRED;
  const spelled = {
    ...moved,
    webhook_url: "https://EXAMPLE.com:443/moved",
    events: ["call.completed" as const],
  };
  await sync([...(other ? [other] : []), spelled]);
  expect(sandbox.subscriptions.map(({ webhook_url }) => webhook_url)).toEqual([
    "https://EXAMPLE.com/other",
    "https://EXAMPLE.com:443/moved",
  ]);
});

describe("the number of steps at once", () => {
  it.each([1, 3, 4])("is at most %d", async (concurrency) => {
    const { sandbox, plan } = await createSyncWorld();
    const desired = Array.from({ length: 12 }, (_, index) => ({
      ...DESIRED[0],
      webhook_url: at(String(index)),
      events: ["message.sent" as const],
    }));
    let [running, most] = [0, 0];
    const fetch = bendFetch(sandbox.fetch, async ({ method }, send) => {
      if (method !== "POST") return send();
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
      return send();
    });
    const counting = composeClient(
      { token: "any-token", fetch, lock: withoutLock },
      createFastClock(),
    );
    const { done } = await applySync(counting, await plan(desired), { concurrency });
    expect(done).toHaveLength(12);
    expect(sandbox.subscriptions).toHaveLength(12);
    expect(most).toBe(concurrency);
  });

  it.each([0, -1, 1.5, NaN, Infinity, "4", null])("cannot be %s", async (concurrency) => {
    const { linq, plan, sandbox } = await createSyncWorld();
    const prepared = await plan(DESIRED);
    const before = sandbox.requests.length;
    // JavaScript can pass what the types do not allow.
    const options = { concurrency } as ApplyOptions;
    const error = await rejectionOf(applySync(linq, prepared, options));
    expect(error).toBeInstanceOf(InvalidInputError);
    expect(error).toMatchObject({ field: "concurrency" });
    expect(sandbox.requests).toHaveLength(before);
  });
});

describe("an invalid plan or option", () => {
  it.each<[string, (plan: SyncPlan) => unknown]>([
    ["a copy", (plan) => ({ ...plan })],
    ["its JSON", (plan): unknown => JSON.parse(JSON.stringify(plan))],
    ["a structured clone", (plan) => structuredClone(plan)],
    ["nothing", () => undefined],
    ["a text", () => "plan"],
  ])("is refused: %s", async (_what, change) => {
    const { linq, plan, sandbox } = await createSyncWorld();
    const prepared = await plan(DESIRED);
    // JavaScript can pass what the types do not allow.
    const changed = change(prepared) as SyncPlan;
    const error = await rejectionOf(applySync(linq, changed));
    expect(error).toBeInstanceOf(InvalidInputError);
    expect(error).toMatchObject({ field: "plan" });
    expect(sandbox.requests).toHaveLength(1);
  });

  it.each([
    ["options.paralel", { paralel: 1 }],
    ["onProgress", { onProgress: "yes" }],
    ["signal", { signal: "yes" }],
  ])("is refused before anything is written: %s", async (field, options) => {
    const { linq, plan, writes } = await createSyncWorld();
    const prepared = await plan(DESIRED);
    // JavaScript can pass what the types do not allow.
    const error = await rejectionOf(applySync(linq, prepared, options as ApplyOptions));
    expect(error).toMatchObject({ code: "invalid_input", field });
    expect(writes).toEqual([]);
  });
});

describe("a stale plan", () => {
  it.each<[string, (world: SyncWorld) => Promise<unknown>]>([
    [
      "new duplicate",
      ({ sandbox }) => post(sandbox, { webhook_url: at("same"), events: ["call.completed"] }),
    ],
    ["deletion", ({ linq }) => linq.webhookSubscriptions.delete(6)],
    ["pause", ({ linq }) => linq.webhookSubscriptions.update(6, { active: false })],
    ["secret", ({ linq }) => linq.webhookSubscriptions.update(6, { secret: "a new one" })],
    [
      "match of `replaces`",
      ({ sandbox }) => post(sandbox, { webhook_url: at("old3"), events: ["call.completed"] }),
    ],
    [
      "leftover in the scope",
      ({ sandbox }) => post(sandbox, { webhook_url: at("gone?2"), events: ["call.completed"] }),
    ],
  ])("is refused after a %s, with no write", async (_what, change) => {
    const world = await createSyncWorld(GIVEN);
    const plan = await world.plan(DESIRED, PRUNE);
    await change(world);
    const writes = world.writes.length;
    const error = await rejectionOf(applySync(world.linq, plan));
    expect(error).toBeInstanceOf(StalePlanError);
    const { fingerprint: found } = await world.plan(DESIRED, PRUNE);
    expect(error).toMatchObject({ planned: plan.fingerprint, found });
    expect(world.writes).toHaveLength(writes);
  });

  it.each<[string, (world: SyncWorld) => Promise<unknown>]>([
    [
      "foreign one",
      ({ sandbox }) => post(sandbox, { webhook_url: at("goner"), events: ["call.completed"] }),
    ],
    ["delivery", ({ sandbox }) => sandbox.emit("message.sent")],
    ["write of the same", ({ linq }) => linq.webhookSubscriptions.update(6, { active: true })],
  ])("is not caused by a %s", async (_what, change) => {
    const world = await createSyncWorld(GIVEN, { fetch: () => Promise.resolve(new Response()) });
    const plan = await world.plan(DESIRED, PRUNE);
    await change(world);
    const { failed } = await applySync(world.linq, plan);
    expect(failed).toEqual([]);
  });

  it("is also detected where there was nothing to do", async () => {
    const { linq, plan, sandbox, writes } = await createSyncWorld(GIVEN);
    const prepared = await plan([]);
    await expect(applySync(linq, prepared)).resolves.toEqual({ done: [], failed: [], pending: [] });
    const same = await plan(DESIRED.slice(4));
    await post(sandbox, { webhook_url: at("same"), events: ["call.completed"] });
    await expect(applySync(linq, same)).rejects.toThrow(StalePlanError);
    expect(writes).toEqual([]);
  });

  it("cannot be applied twice, once it has changed something", async () => {
    const { linq, plan } = await createSyncWorld(GIVEN);
    const prepared = await plan(DESIRED);
    await applySync(linq, prepared);
    await expect(applySync(linq, prepared)).rejects.toThrow(StalePlanError);
  });
});

describe("before it deletes", () => {
  const duplicates: DesiredSubscription[] = [
    { webhook_url: at("duplicates"), events: ["message.sent"] },
  ];
  const given: Given[] = [
    { webhook_url: at("duplicates"), events: ["message.sent"] },
    { webhook_url: at("duplicates"), events: ["message.sent"] },
  ];

  it.each<[string, (world: SyncWorld) => Promise<unknown>]>([
    ["the one that stays has gone", ({ linq }) => linq.webhookSubscriptions.delete(1)],
    ["it was paused", ({ linq }) => linq.webhookSubscriptions.update(1, { active: false })],
    [
      "it has given up an event",
      ({ linq }) =>
        linq.webhookSubscriptions.update(1, { events: ["message.read"] }, { allowDuplicate: true }),
    ],
    [
      "it has moved",
      ({ linq }) => linq.webhookSubscriptions.update(1, { webhook_url: at("else") }),
    ],
    [
      "the one to delete has got another event",
      ({ linq }) =>
        linq.webhookSubscriptions.update(2, { events: ["message.read"] }, { allowDuplicate: true }),
    ],
  ])("it rereads the list, and refuses if %s", async (_what, change) => {
    const world = await createSyncWorld(given);
    const plan = await world.plan(duplicates);
    // Between the first list and the second.
    const linq = disturb(world, { list: (nth) => (nth === 2 ? change(world) : undefined) });
    const { done, failed, pending } = await applySync(linq, plan);
    expect(outline(failed.map(({ step }) => step))).toEqual(["delete duplicates"]);
    expect(failed[0]?.error).toBeInstanceOf(StalePlanError);
    expect([...done, ...pending]).toEqual([]);
    expect(world.sandbox.subscriptions.map(({ id }) => id)).toContain(2);
    const again = await world.sync(duplicates);
    expect(again.failed).toEqual([]);
    const { steps } = await world.plan(duplicates);
    expect(steps.map(({ action }) => action)).toEqual(["keep"]);
  });

  it.each<[string, (world: SyncWorld) => Promise<unknown>, number[]]>([
    [
      "has lost an event",
      ({ linq }) => linq.webhookSubscriptions.update(2, { events: ["message.sent"] }),
      [1],
    ],
    ["was paused", ({ linq }) => linq.webhookSubscriptions.update(2, { active: false }), [1, 2]],
    ["was deleted", ({ linq }) => linq.webhookSubscriptions.delete(2), [1]],
  ])("it rereads the list, and succeeds if the one to delete %s", async (_what, change, ids) => {
    const events = ["message.sent", "message.read"] as const;
    const world = await createSyncWorld([
      { webhook_url: at("duplicates"), events },
      { webhook_url: at("duplicates"), events },
    ]);
    const plan = await world.plan([{ webhook_url: at("duplicates"), events }]);
    const linq = disturb(world, { list: (nth) => (nth === 2 ? change(world) : undefined) });
    const { done, failed } = await applySync(linq, plan);
    expect(failed).toEqual([]);
    expect(outline(done)).toEqual(["delete duplicates"]);
    expect(world.sandbox.subscriptions.map(({ id }) => id)).toEqual(ids);
  });

  it.each(["list", "delete"] as const)(
    "it counts a missing subscription as deleted (%s)",
    async (method) => {
      const world = await createSyncWorld(given);
      const plan = await world.plan(duplicates);
      const isLast = (nth: number): boolean => nth === (method === "list" ? 2 : 1);
      const linq = disturb(world, {
        [method]: (nth: number) =>
          isLast(nth) ? world.linq.webhookSubscriptions.delete(2) : undefined,
      });
      const { done, failed } = await applySync(linq, plan);
      expect(failed).toEqual([]);
      expect(outline(done)).toEqual(["delete duplicates"]);
    },
  );

  it("it fails each deletion when the list cannot be read", async () => {
    const { plan, sandbox, linq } = await createSyncWorld(given);
    const prepared = await plan(duplicates);
    sandbox.inject({ kind: "status", status: 401, operation: "listWebhookSubscriptions", skip: 1 });
    const { done, failed, pending } = await applySync(linq, prepared);
    expect(failed).toMatchObject([{ step: { action: "delete" }, error: { status: 401 } }]);
    expect([...done, ...pending]).toEqual([]);
    expect(sandbox.subscriptions).toHaveLength(2);
  });

  /** A client of a world that changes before the client's nth list or deletion. */
  function disturb(
    { sandbox }: SyncWorld,
    before: Partial<Record<"list" | "delete", (nth: number) => Promise<unknown> | undefined>>,
  ): LinqClient<string> {
    const counts = { list: 0, delete: 0 };
    const fetch = bendFetch(sandbox.fetch, async ({ method }, send) => {
      if (method === "GET") await before.list?.(++counts.list);
      if (method === "DELETE") await before.delete?.(++counts.delete);
      return send();
    });
    return composeClient({ token: "any-token", fetch, lock: withoutLock }, createFastClock());
  }
});

it("accepts only clients that `createLinqClient` returns, not copies of them", async () => {
  const { linq, plan, sandbox } = await createSyncWorld(GIVEN);
  const prepared = await plan(DESIRED);
  const before = sandbox.requests.length;
  const copy = { webhookSubscriptions: { ...linq.webhookSubscriptions } };
  expect(await rejectionOf(applySync(copy, prepared))).toMatchObject({
    code: "invalid_input",
    field: "linq",
  });
  expect(sandbox.requests).toHaveLength(before);
});

it("rejects with the error that keeps the first list from being read", async () => {
  const { linq, plan, sandbox, writes } = await createSyncWorld(GIVEN);
  const prepared = await plan(DESIRED);
  sandbox.inject({ kind: "status", status: 401, operation: "listWebhookSubscriptions" });
  await expect(applySync(linq, prepared)).rejects.toThrow(LinqApiError);
  expect(writes).toEqual([]);
});

it("ends in the same state when two callers apply the same plan at once", async () => {
  for (const concurrency of [1, 4]) {
    const world = await createSyncWorld(GIVEN);
    const plan = await world.plan(DESIRED, PRUNE);
    await Promise.all([1, 2].map(() => applySync(world.linq, plan, { concurrency })));
    await world.sync(DESIRED, PRUNE);
    await expectConverged(world);
  }
});
