import { describe, expect, it } from "vitest";
import { DuplicateSubscriptionError, InvalidInputError, SecretLostError } from "../../src/index.js";
import { createWorld } from "../support/sandbox-client.js";

const webhook_url = "https://example.com/hook";
const secret = "a secret of the tests";

describe("ensure", () => {
  it("creates what is missing and reads the list again", async () => {
    const { linq, sandbox, methods } = createWorld();
    const result = await linq.webhookSubscriptions.ensure({
      webhook_url,
      events: ["message.received", "message.sent"],
      secret,
    });
    expect(result.outcome).toBe("created");
    expect(result.subscriptions).toEqual(sandbox.subscriptions);
    expect(sandbox.subscriptions).toMatchObject([
      {
        webhook_url,
        events: ["message.received", "message.sent"],
        active: true,
        version: 2,
        secret_configured: true,
      },
    ]);
    expect(methods()).toEqual(["GET", "POST", "GET"]);
  });

  it("writes nothing the second time, whatever the order of the events", async () => {
    const { linq, connect, methods } = createWorld();
    const events = ["message.received", "message.sent"] as const;
    await linq.webhookSubscriptions.ensure({ webhook_url, events, secret });
    const second = await connect().webhookSubscriptions.ensure({
      webhook_url,
      events: [...events].reverse(),
      secret,
    });
    expect(second.outcome).toBe("unchanged");
    expect(methods()).toEqual(["GET", "POST", "GET", "GET"]);
  });

  it("adds only the missing events, as a separate subscription", async () => {
    const { linq, sandbox } = createWorld();
    await linq.webhookSubscriptions.ensure({ webhook_url, events: ["message.sent"] });
    const { outcome, subscriptions } = await linq.webhookSubscriptions.ensure({
      webhook_url,
      events: ["message.sent", "message.read"],
    });
    expect(outcome).toBe("created");
    expect(subscriptions).toEqual(sandbox.subscriptions);
    expect(sandbox.subscriptions.map(({ events }) => events)).toEqual([
      ["message.sent"],
      ["message.read"],
    ]);
  });

  it("ignores the fragment, the case of the host and the default port of a URL", async () => {
    const { linq } = createWorld();
    await linq.webhookSubscriptions.ensure({ webhook_url, events: ["message.sent"] });
    const { outcome } = await linq.webhookSubscriptions.ensure({
      webhook_url: "https://EXAMPLE.com:443/hook#here",
      events: ["message.sent"],
    });
    expect(outcome).toBe("unchanged");
  });

  it("sends the URL as it was written", async () => {
    const { linq, sandbox } = createWorld();
    const written = "https://EXAMPLE.com:443/a/../hook?b=2&a=1#here";
    await linq.webhookSubscriptions.ensure({ webhook_url: written, events: ["message.sent"] });
    expect(sandbox.subscriptions[0]?.webhook_url).toBe(written);
  });

  it("leaves inactive subscriptions and other URLs alone", async () => {
    const { linq, sandbox } = createWorld();
    const { create, ensure } = linq.webhookSubscriptions;
    await create({ webhook_url, events: ["message.sent"], active: false });
    await create({ webhook_url: "https://example.com/other", events: ["message.sent"] });
    const before = sandbox.subscriptions;
    const { subscriptions } = await ensure({ webhook_url, events: ["message.sent"] });
    expect(subscriptions.map(({ id }) => id)).toEqual([3]);
    expect(sandbox.subscriptions.slice(0, 2)).toEqual(before);
  });

  it("removes an event that two subscriptions deliver from the higher id", async () => {
    const { linq, sandbox } = createWorld();
    const { create, ensure } = linq.webhookSubscriptions;
    await create({ webhook_url, events: ["message.sent"] });
    await create(
      { webhook_url, events: ["message.sent", "message.read"] },
      { allowDuplicate: true },
    );
    await create({ webhook_url, events: ["message.read"] }, { allowDuplicate: true });
    const { outcome, subscriptions } = await ensure({
      webhook_url,
      events: ["message.read", "message.sent"],
    });
    expect(outcome).toBe("updated");
    expect(subscriptions).toMatchObject([
      { id: 1, events: ["message.sent"] },
      { id: 2, events: ["message.read"] },
    ]);
    expect(sandbox.subscriptions).toEqual(subscriptions);
  });

  it("removes duplicates only of its own events", async () => {
    const { linq, countDeliveries } = createWorld();
    const { create, ensure } = linq.webhookSubscriptions;
    const events = ["message.sent", "message.read"] as const;
    await create({ webhook_url, events });
    await create({ webhook_url, events: ["message.sent"] }, { allowDuplicate: true });
    await ensure({ webhook_url, events: ["message.read"] });
    expect(countDeliveries()[`message.sent ${webhook_url}`]).toBe(2);
  });

  it("updates the version of a covering subscription", async () => {
    const { linq, sandbox } = createWorld();
    await linq.webhookSubscriptions.create({ webhook_url, events: ["message.sent"], version: 1 });
    const { outcome } = await linq.webhookSubscriptions.ensure({
      webhook_url,
      events: ["message.sent"],
    });
    expect(outcome).toBe("updated");
    expect(sandbox.subscriptions).toMatchObject([{ version: 2, events: ["message.sent"] }]);
  });

  it("gives a covering subscription the secret that it lacks, once", async () => {
    const { linq, sandbox, methods } = createWorld();
    const input = { webhook_url, events: ["message.sent"] } as const;
    await linq.webhookSubscriptions.create(input);
    await linq.webhookSubscriptions.ensure({ ...input, secret });
    expect(sandbox.subscriptions).toMatchObject([{ secret_configured: true }]);
    const writes = methods().filter((method) => method !== "GET");
    await linq.webhookSubscriptions.ensure({ ...input, secret });
    expect(methods().filter((method) => method !== "GET")).toEqual(writes);
  });

  it("does not change a subscription with a secret unless the input has one too", async () => {
    const { linq, sandbox } = createWorld();
    const { create, ensure } = linq.webhookSubscriptions;
    const events = ["message.sent", "message.read"] as const;
    await create({ webhook_url, events: ["message.sent"], secret });
    await create({ webhook_url, events, secret }, { allowDuplicate: true });
    const before = sandbox.subscriptions;
    const error: unknown = await ensure({ webhook_url, events }).catch(caught);
    expect(error).toBeInstanceOf(DuplicateSubscriptionError);
    expect(error).toMatchObject({
      sharedEvents: ["message.sent"],
      existing: [{ id: 1 }, { id: 2 }],
    });
    expect(String(error)).toContain("pass `secret`");
    expect(sandbox.subscriptions).toEqual(before);

    await ensure({ webhook_url, events, secret });
    expect(sandbox.subscriptions).toMatchObject([
      { id: 1, events: ["message.sent"] },
      { id: 2, events: ["message.read"], secret_configured: true },
    ]);
  });

  it("asks for the secret if only the version of a subscription would change", async () => {
    const { linq } = createWorld();
    const input = { webhook_url, events: ["message.sent"] } as const;
    await linq.webhookSubscriptions.create({ ...input, secret, version: 1 });
    const error: unknown = await linq.webhookSubscriptions.ensure(input).catch(caught);
    expect(error).toBeInstanceOf(InvalidInputError);
    expect(error).toMatchObject({ field: "secret" });
  });

  it("deletes an unsigned duplicate without needing a secret", async () => {
    const { linq, sandbox } = createWorld();
    const input = { webhook_url, events: ["message.sent"] } as const;
    await linq.webhookSubscriptions.create({ ...input, secret });
    await linq.webhookSubscriptions.create(input, { allowDuplicate: true });
    await linq.webhookSubscriptions.ensure(input);
    expect(sandbox.subscriptions.map(({ id }) => id)).toEqual([1]);
  });

  it("does not give up signed deliveries for others that are not signed", async () => {
    const { linq, sandbox } = createWorld();
    const input = { webhook_url, events: ["message.sent"] } as const;
    await linq.webhookSubscriptions.create(input);
    await linq.webhookSubscriptions.create({ ...input, secret }, { allowDuplicate: true });
    const before = sandbox.subscriptions;
    await expect(linq.webhookSubscriptions.ensure(input)).rejects.toThrow(
      DuplicateSubscriptionError,
    );
    expect(sandbox.subscriptions).toEqual(before);
    await linq.webhookSubscriptions.ensure({ ...input, secret });
    expect(sandbox.subscriptions).toMatchObject([{ id: 1, secret_configured: true }]);
  });

  it("refuses `active: false`, which would deliver nothing", async () => {
    const { linq, methods } = createWorld();
    const input = { webhook_url, events: ["message.sent"], active: false } as const;
    // @ts-expect-error The type says so too.
    const refused = linq.webhookSubscriptions.ensure(input);
    await expect(refused).rejects.toThrow(InvalidInputError);
    expect(methods()).toEqual([]);
  });

  it("throws SecretLostError when an update removes the secret of a subscription", async () => {
    const { linq, sandbox, connect } = createWorld();
    const input = { webhook_url, events: ["message.sent"], version: 1, secret } as const;
    await linq.webhookSubscriptions.create(input);
    // A server that drops the secret on every PUT.
    const forgetful = connect({
      fetch: async (url, init) => {
        const response = await sandbox.fetch(url, init);
        if (init?.method !== "PUT") return response;
        return new Response(
          (await response.text()).replace('_configured":true', '_configured":false'),
        );
      },
    });
    const error: unknown = await forgetful.webhookSubscriptions
      .ensure({ ...input, version: 2 })
      .catch(caught);
    expect(error).toBeInstanceOf(SecretLostError);
    expect(error).toMatchObject({ id: 1 });
  });
});

describe("replicas that start at once", () => {
  it("end with one subscription, which all of them return", async () => {
    const { connect, sandbox } = createWorld();
    const input = { webhook_url, events: ["message.received"], secret } as const;
    const results = await Promise.all(
      Array.from({ length: 16 }, () => connect().webhookSubscriptions.ensure(input)),
    );
    expect(sandbox.subscriptions).toHaveLength(1);
    for (const { subscriptions } of results) expect(subscriptions).toEqual(sandbox.subscriptions);
  });

  it("get each event exactly once when they ask for overlapping sets", async () => {
    const { connect, countDeliveries } = createWorld();
    const sets = [
      ["message.received", "message.sent"],
      ["message.sent", "message.read"],
      ["message.read", "message.received", "call.completed"],
      ["call.completed"],
    ] as const;
    await Promise.all(
      sets.map((events) => connect().webhookSubscriptions.ensure({ webhook_url, events })),
    );
    expect(countDeliveries()).toEqual({
      [`message.received ${webhook_url}`]: 1,
      [`message.sent ${webhook_url}`]: 1,
      [`message.read ${webhook_url}`]: 1,
      [`call.completed ${webhook_url}`]: 1,
    });
  });
});

function caught(error: unknown): unknown {
  return error;
}
