import { describe, expect, it } from "vitest";
import {
  DuplicateSubscriptionError,
  InvalidInputError,
  InvalidResponseError,
  SecretLostError,
  SubscriptionNotFoundError,
} from "../../src/index.js";
import { createWorld, type World } from "../support/sandbox-client.js";

const webhook_url = "https://example.com/hook";
const secret = "a secret of the tests";

/** 1: message.sent and message.read; 2: call.completed at the same URL; 3: inactive message.sent. */
async function createThree(): Promise<World> {
  const world = createWorld();
  const { create } = world.linq.webhookSubscriptions;
  await create({ webhook_url, events: ["message.sent", "message.read"], secret });
  await create({ webhook_url, events: ["call.completed"] });
  await create({ webhook_url, events: ["message.sent"], active: false });
  return world;
}

describe("update", () => {
  it("changes the fields of the patch and keeps the others", async () => {
    const { linq, sandbox } = await createThree();
    const written = await linq.webhookSubscriptions.update(1, { events: ["message.read"], secret });
    expect(written).toMatchObject({
      webhook_url,
      events: ["message.read"],
      active: true,
      version: 2,
      secret_configured: true,
    });
    expect(sandbox.subscriptions[0]).toEqual(written);
  });

  it("keeps an inactive subscription inactive", async () => {
    const { linq } = await createThree();
    const written = await linq.webhookSubscriptions.update(3, { events: ["message.read"] });
    expect(written.active).toBe(false);
  });

  it.each([
    [
      "adds an event that another subscription delivers",
      2,
      { events: ["call.completed", "message.sent"] },
    ],
    ["activates an event that another subscription delivers", 3, { active: true }],
  ] as const)("refuses a patch that %s", async (_name, id, patch) => {
    const { linq, sandbox, methods } = await createThree();
    const before = sandbox.subscriptions;
    const error: unknown = await linq.webhookSubscriptions.update(id, patch).catch(caught);
    expect(error).toBeInstanceOf(DuplicateSubscriptionError);
    expect(error).toMatchObject({ existing: [{ id: 1 }], sharedEvents: ["message.sent"] });
    expect(sandbox.subscriptions).toEqual(before);
    expect(methods()).not.toContain("PUT");
  });

  it("refuses to move a subscription to a URL that already gets its events", async () => {
    const { linq } = await createThree();
    const { create, update } = linq.webhookSubscriptions;
    const { id } = await create({ webhook_url: "https://example.com/b", events: ["message.read"] });
    await expect(update(id, { webhook_url })).rejects.toThrow(DuplicateSubscriptionError);
  });

  it("creates a duplicate with `allowDuplicate`", async () => {
    const { linq, countDeliveries } = await createThree();
    await linq.webhookSubscriptions.update(3, { active: true }, { allowDuplicate: true });
    expect(countDeliveries()[`message.sent ${webhook_url}`]).toBe(2);
  });

  it("allows an edit that adds nothing, even of a duplicate", async () => {
    const { linq } = await createThree();
    const { update } = linq.webhookSubscriptions;
    await update(3, { active: true }, { allowDuplicate: true });
    await expect(update(3, { version: 3 })).resolves.toMatchObject({ version: 3 });
    await expect(update(3, { active: false })).resolves.toMatchObject({ active: false });
  });

  it("loses the event when another client's edit has added the same event to a lower id", async () => {
    const { connect, sandbox, countDeliveries } = createWorld();
    const { create } = connect().webhookSubscriptions;
    await create({ webhook_url, events: ["message.sent"] });
    await create({ webhook_url, events: ["message.read"] });
    const edits = await Promise.allSettled([
      connect().webhookSubscriptions.update(1, { events: ["message.sent", "call.completed"] }),
      connect().webhookSubscriptions.update(2, { events: ["message.read", "call.completed"] }),
    ]);
    expect(edits.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
    expect(edits[1]).toMatchObject({
      reason: { code: "duplicate_subscription", existing: [{ id: 1 }] },
    });
    expect(sandbox.subscriptions[1]?.events).toEqual(["message.read"]);
    expect(new Set(Object.values(countDeliveries()))).toEqual(new Set([1]));
  });

  it("throws SubscriptionNotFoundError for an unknown id", async () => {
    const { linq } = await createThree();
    const error: unknown = await linq.webhookSubscriptions
      .update(99, { active: true })
      .catch(caught);
    expect(error).toBeInstanceOf(SubscriptionNotFoundError);
    expect(error).toMatchObject({ id: 99 });
  });

  it("refuses an empty patch", async () => {
    const { linq } = await createThree();
    await expect(linq.webhookSubscriptions.update(1, {})).rejects.toThrow(InvalidInputError);
  });

  it.each([
    ["the secret was lost", ['_configured":true', '_configured":false'], SecretLostError],
    ["another event set came back", ['"message.read"', '"message.sent"'], InvalidResponseError],
    ["another subscription came back", ['"id":1', '"id":7'], InvalidResponseError],
  ] as const)("throws the matching error when %s", async (_name, [from, to], expected) => {
    const { sandbox, connect } = await createThree();
    const linq = connect({
      fetch: async (url, init) => {
        const response = await sandbox.fetch(url, init);
        if (init?.method !== "PUT") return response;
        return new Response((await response.text()).replace(from, to));
      },
    });
    const update = linq.webhookSubscriptions.update(1, { events: ["message.read"] });
    await expect(update).rejects.toThrow(expected);
  });
});

function caught(error: unknown): unknown {
  return error;
}
