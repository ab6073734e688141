import { describe, expect, it } from "vitest";
import { DuplicateSubscriptionError, InvalidResponseError } from "../../src/index.js";
import { createWorld } from "../support/sandbox-client.js";

const webhook_url = "https://example.com/hook";

describe("create", () => {
  it("always sends active and version, and returns what the list shows", async () => {
    const { linq, sandbox } = createWorld();
    const created = await linq.webhookSubscriptions.create({
      webhook_url,
      events: ["message.sent", "message.sent"],
    });
    expect(created).toEqual(sandbox.subscriptions[0]);
    expect(created).toMatchObject({ active: true, version: 2, events: ["message.sent"] });
  });

  it.each([
    ["the same events", ["message.sent", "message.read"], ["message.sent", "message.read"]],
    ["some of the same events", ["message.read", "call.completed"], ["message.read"]],
  ] as const)("refuses %s at the same URL, before it writes", async (_name, events, shared) => {
    const { linq, sandbox, methods } = createWorld();
    const { create } = linq.webhookSubscriptions;
    const existing = await create({ webhook_url, events: ["message.sent", "message.read"] });
    const requests = methods().length;
    const error: unknown = await create({
      webhook_url: `${webhook_url}#again`,
      events: [...events],
    }).catch(caught);
    expect(error).toBeInstanceOf(DuplicateSubscriptionError);
    expect(error).toMatchObject({ existing: [existing], sharedEvents: shared });
    expect(methods().slice(requests)).toEqual(["GET"]);
    expect(sandbox.subscriptions).toEqual([existing]);
  });

  it.each([
    ["other events", { webhook_url, events: ["message.read"] }],
    ["another URL", { webhook_url: "https://example.com/hooks", events: ["message.sent"] }],
    ["an inactive one", { webhook_url, events: ["message.sent"], active: false }],
  ] as const)("accepts %s", async (_name, input) => {
    const { linq, sandbox } = createWorld();
    await linq.webhookSubscriptions.create({ webhook_url, events: ["message.sent"] });
    await linq.webhookSubscriptions.create(input);
    expect(sandbox.subscriptions).toHaveLength(2);
  });

  it("accepts a subscription if its only duplicate is inactive", async () => {
    const { linq } = createWorld();
    const { create } = linq.webhookSubscriptions;
    await create({ webhook_url, events: ["message.sent"], active: false });
    await expect(create({ webhook_url, events: ["message.sent"] })).resolves.toMatchObject({
      id: 2,
    });
  });

  it("creates a duplicate with `allowDuplicate`", async () => {
    const { linq, methods } = createWorld();
    const input = { webhook_url, events: ["message.sent"] } as const;
    await linq.webhookSubscriptions.create(input, { allowDuplicate: true });
    await linq.webhookSubscriptions.create(input, { allowDuplicate: true });
    expect(methods()).toEqual(["GET", "POST", "GET", "POST"]);
  });

  it("lets one of many racing calls create, and names its subscription to the others", async () => {
    const { connect, sandbox } = createWorld();
    const input = { webhook_url, events: ["message.sent"] } as const;
    const results = await Promise.allSettled(
      Array.from({ length: 8 }, () => connect().webhookSubscriptions.create(input)),
    );
    const [winner, ...others] = sandbox.subscriptions;
    expect(others).toEqual([]);
    const won = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
    const lost = results.flatMap((result): unknown[] =>
      result.status === "rejected" ? [result.reason] : [],
    );
    expect(won).toEqual([winner]);
    expect(lost).toHaveLength(7);
    for (const error of lost) {
      expect(error).toBeInstanceOf(DuplicateSubscriptionError);
      expect(error).toMatchObject({
        existing: [{ id: winner?.id }],
        sharedEvents: ["message.sent"],
      });
    }
  });

  it("says which events a subscription keeps if it loses some of them to another one", async () => {
    const { connect, sandbox } = createWorld();
    const [one, another] = await Promise.allSettled([
      connect().webhookSubscriptions.create({ webhook_url, events: ["message.sent"] }),
      connect().webhookSubscriptions.create({
        webhook_url,
        events: ["message.sent", "message.read"],
      }),
    ]);
    expect(one.status).toBe("fulfilled");
    expect(sandbox.subscriptions[1]).toMatchObject({ id: 2, events: ["message.read"] });
    expect(another).toMatchObject({ status: "rejected", reason: { existing: [{ id: 1 }] } });
    expect(String((another as PromiseRejectedResult).reason)).toContain(
      "webhook subscription 2 keeps its other events",
    );
  });

  it("names the field that the server has stored differently", async () => {
    const { sandbox, connect } = createWorld();
    const linq = connect({
      fetch: async (url, init) => {
        const response = await sandbox.fetch(url, init);
        const text = await response.text();
        return new Response(text.replace('["message.sent"]', '["message.sent","message.read"]'), {
          status: response.status,
        });
      },
    });
    const error: unknown = await linq.webhookSubscriptions
      .create({ webhook_url, events: ["message.sent"] })
      .catch(caught);
    expect(error).toBeInstanceOf(InvalidResponseError);
    expect(error).toMatchObject({ field: "webhook_subscription.events" });
  });
});

function caught(error: unknown): unknown {
  return error;
}
