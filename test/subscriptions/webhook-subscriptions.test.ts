import { describe, expect, it } from "vitest";
import {
  createLinqClient,
  InvalidInputError,
  LinqApiError,
  SubscriptionNotFoundError,
} from "../../src/index.js";
import { createWorld, type World } from "../support/sandbox-client.js";

const webhook_url = "https://example.com/hook";

async function createDuplicates(): Promise<World> {
  const world = createWorld();
  const { create } = world.linq.webhookSubscriptions;
  await create({ webhook_url, events: ["message.sent", "message.read"] });
  await create({ webhook_url, events: ["message.read", "message.sent"] }, { allowDuplicate: true });
  await create({ webhook_url, events: ["message.sent"] }, { allowDuplicate: true });
  return world;
}

describe("get", () => {
  it("finds a subscription through the list", async () => {
    const { linq, sandbox, methods } = await createDuplicates();
    await expect(linq.webhookSubscriptions.get(2)).resolves.toEqual(sandbox.subscriptions[1]);
    expect(methods().at(-1)).toBe("GET");
  });

  it("throws SubscriptionNotFoundError for an unknown id", async () => {
    const { linq } = createWorld();
    await expect(linq.webhookSubscriptions.get(1)).rejects.toThrow(SubscriptionNotFoundError);
  });
});

describe("delete", () => {
  it("removes the subscription with the given id", async () => {
    const { linq, sandbox } = await createDuplicates();
    await expect(linq.webhookSubscriptions.delete(2)).resolves.toBeUndefined();
    expect(sandbox.subscriptions.map(({ id }) => id)).toEqual([1, 3]);
  });

  it("throws SubscriptionNotFoundError for an unknown id without `ignoreMissing`", async () => {
    const { linq } = createWorld();
    const remove = linq.webhookSubscriptions.delete;
    await expect(remove(1)).rejects.toThrow(SubscriptionNotFoundError);
    await expect(remove(1, { ignoreMissing: true })).resolves.toBeUndefined();
  });
});

describe("options of a method", () => {
  it.each([
    [
      "an unknown name, for which the error suggests the nearest",
      { allowDuplicates: true },
      "allowDuplicate",
    ],
    ["a name of another method", { dryRun: true }, "dryRun"],
    ["an invalid flag", { allowDuplicate: "yes" }, "allowDuplicate"],
    ["an invalid signal", { signal: {} }, "signal"],
    ["an invalid timeout", { timeout: -1 }, "timeout"],
  ])("are refused before anything is sent: %s", async (_name, options, mentioned) => {
    const { linq, methods } = createWorld();
    const input = { webhook_url, events: ["message.sent"] } as const;
    // @ts-expect-error The types refuse most of these too.
    const refused: Promise<unknown> = linq.webhookSubscriptions.create(input, options);
    await expect(refused).rejects.toThrow(InvalidInputError);
    await expect(refused).rejects.toThrow(mentioned);
    expect(methods()).toEqual([]);
  });
});

describe("events that the specification does not list", () => {
  const input = { webhook_url, events: ["message.edited"] };

  it("are refused", async () => {
    const { linq, methods } = createWorld();
    // @ts-expect-error A wrong name is a type error.
    await expect(linq.webhookSubscriptions.ensure(input)).rejects.toThrow(InvalidInputError);
    expect(methods()).toEqual([]);
  });

  it("are sent with `allowUnknownEvents`", async () => {
    const { sandbox } = createWorld();
    const linq = createLinqClient({
      fetch: sandbox.fetch,
      token: "any-token",
      allowUnknownEvents: true,
    });
    // The sandbox follows the specification, so it is the one that refuses.
    await expect(linq.webhookSubscriptions.ensure(input)).rejects.toThrow(LinqApiError);
    expect(sandbox.requests.map(({ method }) => method)).toEqual(["GET", "POST", "GET"]);
  });
});

describe("findDuplicates", () => {
  it("groups the duplicates in the list", async () => {
    const { linq } = await createDuplicates();
    const groups = await linq.webhookSubscriptions.findDuplicates();
    expect(groups).toMatchObject([
      {
        kind: "contained",
        webhook_url,
        sharedEvents: ["message.sent", "message.read"],
        subscriptions: [{ id: 1 }, { id: 2 }, { id: 3 }],
        redundant: [{ id: 2 }, { id: 3 }],
      },
    ]);
  });
});

describe("removeDuplicates", () => {
  it("deletes redundant subscriptions, and nothing when called again", async () => {
    const { linq, sandbox, methods } = await createDuplicates();
    const { removed, remaining } = await linq.webhookSubscriptions.removeDuplicates();
    expect(removed.map(({ id }) => id)).toEqual([2, 3]);
    expect(remaining).toEqual([]);
    expect(sandbox.subscriptions.map(({ id }) => id)).toEqual([1]);
    const writes = methods().filter((method) => method !== "GET").length;
    await linq.webhookSubscriptions.removeDuplicates();
    expect(methods().filter((method) => method !== "GET")).toHaveLength(writes);
  });

  it("only returns what it would delete with `dryRun`", async () => {
    const { linq, sandbox } = await createDuplicates();
    const before = sandbox.subscriptions;
    const { removed, remaining } = await linq.webhookSubscriptions.removeDuplicates({
      dryRun: true,
    });
    expect(removed.map(({ id }) => id)).toEqual([2, 3]);
    expect(remaining).toEqual([]);
    expect(sandbox.subscriptions).toEqual(before);
  });

  it("leaves overlapping subscriptions, and reports them", async () => {
    const { linq, sandbox } = createWorld();
    const { create, removeDuplicates } = linq.webhookSubscriptions;
    await create({ webhook_url, events: ["message.sent", "message.read"] });
    await create(
      { webhook_url, events: ["message.read", "call.completed"] },
      { allowDuplicate: true },
    );
    const { removed, remaining } = await removeDuplicates();
    expect(removed).toEqual([]);
    expect(remaining).toMatchObject([{ kind: "overlapping", sharedEvents: ["message.read"] }]);
    expect(sandbox.subscriptions).toHaveLength(2);
  });

  it("leaves a signed one if the lowest id is unsigned, as a receiver may need it", async () => {
    const { linq, sandbox } = createWorld();
    const { create, removeDuplicates } = linq.webhookSubscriptions;
    await create({ webhook_url, events: ["message.sent"] });
    await create(
      { webhook_url, events: ["message.sent"], secret: "a secret" },
      { allowDuplicate: true },
    );
    const { removed, remaining } = await removeDuplicates();
    expect(removed).toEqual([]);
    expect(remaining).toMatchObject([{ kind: "identical", redundant: [] }]);
    expect(remaining[0]?.obstacles).toEqual([
      "webhook subscription 2 has a secret and webhook subscription 1 has none, so a receiver that checks signatures may need 2",
    ]);
    expect(sandbox.subscriptions).toHaveLength(2);
  });

  it("throws if the server only pretends to delete", async () => {
    const { connect, sandbox } = await createDuplicates();
    const linq = connect({
      fetch: (url, init) =>
        init?.method === "DELETE"
          ? Promise.resolve(new Response(null, { status: 204 }))
          : sandbox.fetch(url, init),
    });
    await expect(linq.webhookSubscriptions.removeDuplicates()).rejects.toThrow(
      "after two attempts it still shows webhook subscription 2 as it was before it was deleted",
    );
  });
});
