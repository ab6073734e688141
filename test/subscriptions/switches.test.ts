import { describe, expect, it } from "vitest";
import {
  createLinqClient,
  DuplicateSubscriptionError,
  LinqApiError,
  SubscriptionNotFoundError,
} from "../../src/index.js";
import type { SandboxSwitches } from "../../src/sandbox/index.js";
import { rejectionOf } from "../support/rejection.js";
import { createWorld, type World } from "../support/sandbox-client.js";

const webhook_url = "https://example.com/hook";
const otherUrl = "https://example.com/other";
const secret = "a secret of the tests";

/** Each outcome of the undocumented behaviours alone, and some of them together. */
const SETTINGS: readonly Partial<SandboxSwitches>[] = [
  {},
  { errorShape: "list" },
  { missingId: "204" },
  { invalidInput: "accept" },
  { unwrappedBody: "accept" },
  { pageSize: 1 },
  { pageSize: 2 },
  { putWithoutSecret: "clear" },
  { putWithoutActive: "activate" },
  { activeDefault: false },
  { twinEventIds: "different" },
  { errorShape: "list", missingId: "204", pageSize: 2, putWithoutSecret: "clear" },
  { activeDefault: false, putWithoutActive: "activate", putWithoutSecret: "clear" },
  { invalidInput: "accept", unwrappedBody: "accept", pageSize: 1, errorShape: "list" },
  {
    errorShape: "list",
    missingId: "204",
    invalidInput: "accept",
    unwrappedBody: "accept",
    pageSize: 2,
    putWithoutSecret: "clear",
    putWithoutActive: "activate",
    activeDefault: false,
    twinEventIds: "different",
  },
];

/** Three subscriptions at another URL, so that a small page does not hold the whole list. */
async function createBusy(switches: Partial<SandboxSwitches>): Promise<World> {
  const world = createWorld({ switches });
  const { create } = world.linq.webhookSubscriptions;
  for (const event of ["message.sent", "message.read", "call.completed"] as const) {
    await create({ webhook_url: otherUrl, events: [event] });
  }
  return world;
}

const writesOf = (world: World): string[] => world.methods().filter((method) => method !== "GET");

const input = { webhook_url, events: ["message.sent", "message.read"], secret } as const;

describe.each(SETTINGS)("a server with %o", (switches) => {
  it("delivers each event exactly once after ensure", async () => {
    const world = await createBusy(switches);
    const { outcome, subscriptions } = await world.linq.webhookSubscriptions.ensure(input);
    expect(outcome).toBe("created");
    expect(subscriptions).toMatchObject([{ id: 4, active: true, version: 2 }]);
    expect(new Set(Object.values(world.countDeliveries()))).toEqual(new Set([1]));
  });

  it("receives no write from a second ensure", async () => {
    const world = await createBusy(switches);
    await world.linq.webhookSubscriptions.ensure(input);
    const writes = writesOf(world);
    const { outcome } = await world.connect().webhookSubscriptions.ensure(input);
    expect(outcome).toBe("unchanged");
    expect(writesOf(world)).toEqual(writes);
  });

  it("is repaired by ensure without losing a secret", async () => {
    const world = await createBusy(switches);
    const { create, ensure } = world.linq.webhookSubscriptions;
    await create({ ...input, events: ["message.sent"] });
    await create(input, { allowDuplicate: true });
    await create(input, { allowDuplicate: true });
    const { outcome, subscriptions } = await ensure(input);
    expect(outcome).toBe("updated");
    expect(subscriptions).toMatchObject([
      { id: 4, events: ["message.sent"], secret_configured: true },
      { id: 5, events: ["message.read"], secret_configured: true },
    ]);
    expect(world.sandbox.subscriptions).toHaveLength(5);
  });

  it("receives no duplicate from create", async () => {
    const world = await createBusy(switches);
    const { create } = world.linq.webhookSubscriptions;
    const existing = await create(input);
    const writes = writesOf(world);
    const error = await rejectionOf(create({ webhook_url, events: ["message.read"] }));
    expect(error).toBeInstanceOf(DuplicateSubscriptionError);
    expect(error).toMatchObject({ existing: [existing], sharedEvents: ["message.read"] });
    expect(writesOf(world)).toEqual(writes);
  });

  it("stores what update changes, and keeps everything else", async () => {
    const world = await createBusy(switches);
    const { create, update } = world.linq.webhookSubscriptions;
    await create(input);
    const written = await update(4, { events: ["message.read"], secret });
    expect(written).toMatchObject({
      webhook_url,
      events: ["message.read"],
      active: true,
      version: 2,
      secret_configured: true,
    });
    expect(world.sandbox.subscriptions[3]).toEqual(written);
  });

  it("keeps an inactive subscription inactive until update activates it", async () => {
    const world = await createBusy(switches);
    const { create, update } = world.linq.webhookSubscriptions;
    await create({ ...input, active: false });
    await expect(update(4, { version: 3, secret })).resolves.toMatchObject({ active: false });
    await expect(update(4, { active: true, secret })).resolves.toMatchObject({ active: true });
  });

  it("receives no update that would make an event arrive twice", async () => {
    const world = await createBusy(switches);
    const { update } = world.linq.webhookSubscriptions;
    const before = world.sandbox.subscriptions;
    const error = await rejectionOf(update(1, { events: ["message.sent", "call.completed"] }));
    expect(error).toBeInstanceOf(DuplicateSubscriptionError);
    expect(error).toMatchObject({ existing: [{ id: 3 }], sharedEvents: ["call.completed"] });
    expect(world.sandbox.subscriptions).toEqual(before);
  });

  it("no longer has a deleted subscription", async () => {
    const world = await createBusy(switches);
    const { delete: remove, list, get } = world.linq.webhookSubscriptions;
    await remove(2);
    expect((await list()).map(({ id }) => id)).toEqual([1, 3]);
    await expect(get(2)).rejects.toThrow(SubscriptionNotFoundError);
  });

  it("allows the deletion of a missing subscription with `ignoreMissing`", async () => {
    const world = await createBusy(switches);
    const { delete: remove, update } = world.linq.webhookSubscriptions;
    await expect(remove(99, { ignoreMissing: true })).resolves.toBeUndefined();
    await expect(update(99, { active: true })).rejects.toThrow(SubscriptionNotFoundError);
    // If the server does not say that it was missing, the client cannot know.
    if (switches.missingId === "204") await expect(remove(99)).resolves.toBeUndefined();
    else await expect(remove(99)).rejects.toThrow(SubscriptionNotFoundError);
  });

  it("is cleared of duplicates, once", async () => {
    const world = await createBusy(switches);
    const { create, findDuplicates, removeDuplicates } = world.linq.webhookSubscriptions;
    await create(input);
    await create({ webhook_url, events: ["message.read"] }, { allowDuplicate: true });
    await expect(findDuplicates()).resolves.toMatchObject([
      { kind: "contained", webhook_url, redundant: [{ id: 5 }] },
    ]);
    await expect(removeDuplicates()).resolves.toMatchObject({
      removed: [{ id: 5 }],
      remaining: [],
    });
    await expect(removeDuplicates()).resolves.toEqual({ removed: [], remaining: [] });
    await expect(findDuplicates()).resolves.toEqual([]);
    expect(world.sandbox.subscriptions).toHaveLength(4);
  });

  it("gives the reason for a refusal in either error shape", async () => {
    const { connect, sandbox } = await createBusy(switches);
    sandbox.inject({ kind: "status", status: 422, operation: "createWebhookSubscription" });
    const error = await rejectionOf(connect().webhookSubscriptions.ensure(input));
    expect(error).toBeInstanceOf(LinqApiError);
    expect(error).toMatchObject({ status: 422 });
    expect(String(error)).toContain("Unprocessable Entity");
    expect(sandbox.subscriptions).toHaveLength(3);
  });

  it("decides whether to store an event that the specification does not list", async () => {
    const { sandbox } = await createBusy(switches);
    const linq = createLinqClient({
      token: "any-token",
      fetch: sandbox.fetch,
      allowUnknownEvents: true,
    });
    const ensured = linq.webhookSubscriptions.ensure({ webhook_url, events: ["message.edited"] });
    if (switches.invalidInput === "accept") {
      await expect(ensured).resolves.toMatchObject({ subscriptions: [{ id: 4 }] });
    } else {
      await expect(rejectionOf(ensured)).resolves.toMatchObject({ status: 422 });
      expect(sandbox.subscriptions).toHaveLength(3);
    }
  });
});
