import { describe, expect, it } from "vitest";
import {
  createLinqClient,
  CreateOutcomeUnknownError,
  DuplicateSubscriptionError,
  InvalidResponseError,
  LinqApiError,
} from "../../src/index.js";
import type { Fault, FaultableRequest } from "../../src/sandbox/index.js";
import { applySync, type DesiredSubscription, type SyncStep } from "../../src/sync/index.js";
import { bendFetch, rewriteJson } from "../support/bend-fetch.js";
import { rejectionOf } from "../support/rejection.js";
import { createSyncWorld, type Given, post, type SyncWorld } from "../support/sync-world.js";
import { withoutLock } from "../support/sandbox-client.js";
import { createFastClock } from "../support/fast-clock.js";
import { composeClient } from "../../src/client.js";

const at = (path: string): string => `https://example.com/${path}`;

const DESIRED: DesiredSubscription[] = [
  { webhook_url: at("new"), events: ["message.sent"] },
  { webhook_url: at("other"), events: ["message.sent"] },
  { webhook_url: at("duplicates"), events: ["message.sent"] },
];

const GIVEN: Given[] = [
  { webhook_url: at("other"), events: ["message.read"] },
  { webhook_url: at("duplicates"), events: ["message.sent"] },
  { webhook_url: at("duplicates"), events: ["message.sent"] },
  { webhook_url: at("duplicates"), events: ["message.sent"] },
];

const outline = (steps: readonly SyncStep[]): string[] =>
  steps.map(({ action, webhook_url }) => `${action} ${new URL(webhook_url).pathname.slice(1)}`);

/** Without faults, a second run does what the first one left undone, and a third one nothing. */
async function expectToConverge({ sync, plan }: SyncWorld): Promise<void> {
  const { failed, pending } = await sync(DESIRED);
  expect([...failed, ...pending]).toEqual([]);
  const { steps } = await plan(DESIRED);
  expect(steps.map(({ action }) => action)).toEqual(["keep", "keep", "keep"]);
}

const WRITING: readonly FaultableRequest["operation"][] = [
  "createWebhookSubscription",
  "updateWebhookSubscription",
  "deleteWebhookSubscription",
];

describe("a step that is refused", () => {
  it.each([
    [
      "createWebhookSubscription",
      ["create new"],
      ["update other"],
      ["delete duplicates", "delete duplicates"],
    ],
    [
      "updateWebhookSubscription",
      ["update other"],
      ["create new"],
      ["delete duplicates", "delete duplicates"],
    ],
    [
      "deleteWebhookSubscription",
      ["delete duplicates"],
      ["create new", "update other", "delete duplicates"],
      [],
    ],
  ] as const)(
    "fails alone, and no deletion follows a failed write (%s)",
    async (operation, failed, done, pending) => {
      const world = await createSyncWorld(GIVEN);
      world.sandbox.inject({ kind: "status", status: 422, operation });
      const result = await world.sync(DESIRED, { concurrency: 1 });
      expect(outline(result.failed.map(({ step }) => step))).toEqual(failed);
      expect(result.failed[0]?.error).toBeInstanceOf(LinqApiError);
      expect(outline(result.done)).toEqual(done);
      expect(outline(result.pending)).toEqual(pending);
      await expectToConverge(world);
    },
  );

  it("prevents every deletion if it is a write, whatever the concurrency", async () => {
    for (const concurrency of [1, 2, 8]) {
      const world = await createSyncWorld(GIVEN);
      world.sandbox.inject({
        kind: "status",
        status: 422,
        operation: WRITING,
        times: Infinity,
      });
      const { done, failed, pending } = await world.sync(DESIRED, { concurrency });
      expect(done).toEqual([]);
      expect(failed).toHaveLength(2);
      expect(outline(pending)).toEqual(["delete duplicates", "delete duplicates"]);
      expect(world.writes.map(({ method }) => method)).not.toContain("DELETE");
    }
  });
});

describe("a failure during a run", () => {
  const effects: readonly Fault[] = [
    { kind: "reset", write: "none" },
    { kind: "reset", write: "done" },
    { kind: "reset", write: { afterRequests: 2 } },
    { kind: "html", status: 502, write: "done" },
    { kind: "truncate", write: "done" },
    { kind: "status", status: 500, write: "none" },
  ];
  const faults = effects.flatMap((effect) =>
    WRITING.map((operation): Fault => ({ ...effect, operation })),
  );

  it.each(faults.map((fault) => [JSON.stringify(fault), fault] as const))(
    "is overcome, or repaired by the next run: %s",
    async (_name, fault) => {
      for (const times of [1, Infinity]) {
        const world = await createSyncWorld(GIVEN);
        const removeFault = world.sandbox.inject({ ...fault, times });
        const { done, failed, pending } = await world.sync(DESIRED, { concurrency: 1 });
        expect(done.length + failed.length + pending.length).toBe(4);
        removeFault();
        world.sandbox.settle();
        await expectToConverge(world);
      }
    },
  );

  it("leaves the outcome of a creation unknown, until the next run finds it", async () => {
    const world = await createSyncWorld(GIVEN);
    const removals = [
      world.sandbox.inject({
        kind: "reset",
        write: "done",
        operation: "createWebhookSubscription",
      }),
      world.sandbox.inject({
        kind: "reset",
        operation: "listWebhookSubscriptions",
        skip: 3,
        times: Infinity,
      }),
    ];
    const { failed } = await world.sync(DESIRED, { concurrency: 1 });
    expect(failed[0]?.error).toBeInstanceOf(CreateOutcomeUnknownError);
    for (const removeFault of removals) removeFault();
    await expectToConverge(world);
  });
});

it("fails to create what another client just created, and the next run repairs it", async () => {
  const world = await createSyncWorld(GIVEN);
  const plan = await world.plan(DESIRED);
  const fetch = bendFetch(world.sandbox.fetch, async ({ method, nth }, send) => {
    if (method === "POST" && nth === 1) {
      await post(world.sandbox, {
        webhook_url: at("new"),
        events: ["message.sent", "message.read"],
      });
    }
    return send();
  });
  const linq = composeClient({ token: "any-token", fetch, lock: withoutLock }, createFastClock());
  const { failed, pending } = await applySync(linq, plan);
  expect(failed[0]?.error).toBeInstanceOf(DuplicateSubscriptionError);
  expect(outline(pending)).toEqual(["delete duplicates", "delete duplicates"]);
  await expectToConverge(world);
});

it("fails when the server stores something else, and sends no second PUT", async () => {
  const world = await createSyncWorld(GIVEN);
  const fetch = bendFetch(world.sandbox.fetch, async ({ method }, send) => {
    const response = await send();
    if (method !== "PUT") return response;
    return rewriteJson(response, (text) => text.replace("message.sent", "message.read"));
  });
  const linq = createLinqClient({ token: "any-token", fetch });
  const { failed } = await applySync(linq, await world.plan(DESIRED));
  expect(failed).toHaveLength(1);
  expect(failed[0]?.error).toBeInstanceOf(InvalidResponseError);
  expect(world.sandbox.requests.filter(({ method }) => method === "PUT")).toHaveLength(1);
});

describe("an abort", () => {
  const reason = new Error("the caller has had enough");

  it("before the list has been read rejects with its reason", async () => {
    const { linq, plan, sandbox, writes } = await createSyncWorld(GIVEN);
    const prepared = await plan(DESIRED);
    const before = sandbox.requests.length;
    const apply = applySync(linq, prepared, { signal: AbortSignal.abort(reason) });
    expect(await rejectionOf(apply)).toBe(reason);
    expect(sandbox.requests).toHaveLength(before);
    expect(writes).toEqual([]);
  });

  it.each([1, 2, 3, 4])(
    "lets the running steps end, and leaves the rest pending (after %d of 4)",
    async (count) => {
      const world = await createSyncWorld(GIVEN);
      const controller = new AbortController();
      const { done, failed, pending } = await world.sync(DESIRED, {
        concurrency: 1,
        signal: controller.signal,
        onProgress: ({ completed }) => {
          if (completed === count) controller.abort(reason);
        },
      });
      const all = ["create new", "update other", "delete duplicates", "delete duplicates"];
      expect(outline(done)).toEqual(all.slice(0, count));
      expect(failed).toEqual([]);
      expect(outline(pending)).toEqual(all.slice(count));
      await expectToConverge(world);
    },
  );

  it("during several concurrent steps lets all of them end", async () => {
    const world = await createSyncWorld(GIVEN);
    const controller = new AbortController();
    world.sandbox.inject({
      kind: "latency",
      ms: 0,
      operation: "createWebhookSubscription",
      when: () => {
        controller.abort(reason);
        return true;
      },
    });
    const { done, pending } = await world.sync(DESIRED, {
      concurrency: 2,
      signal: controller.signal,
    });
    expect(outline(done).sort()).toEqual(["create new", "update other"]);
    expect(outline(pending)).toEqual(["delete duplicates", "delete duplicates"]);
    await expectToConverge(world);
  });

  it("during the second list leaves the deletions pending", async () => {
    const world = await createSyncWorld(GIVEN);
    const [, , ...duplicates] = DESIRED;
    const plan = await world.plan(duplicates);
    const controller = new AbortController();
    let lists = 0;
    world.sandbox.inject({
      kind: "reset",
      operation: "listWebhookSubscriptions",
      when: () => {
        if (++lists < 2) return false;
        controller.abort(reason);
        return true;
      },
    });
    const { signal } = controller;
    const { done, failed, pending } = await applySync(world.linq, plan, { signal });
    expect([...done, ...failed]).toEqual([]);
    expect(outline(pending)).toEqual(["delete duplicates", "delete duplicates"]);
  });
});
