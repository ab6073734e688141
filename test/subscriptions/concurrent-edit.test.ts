import { describe, expect, it } from "vitest";
import { composeClient } from "../../src/client.js";
import {
  DuplicateSubscriptionError,
  InvalidResponseError,
  SubscriptionNotFoundError,
  type WebhookSubscriptions,
} from "../../src/index.js";
import { type Bend, bendFetch, rewriteJson } from "../support/bend-fetch.js";
import { createFastClock } from "../support/fast-clock.js";
import { rejectionOf } from "../support/rejection.js";
import { createWorld, withoutLock, type World } from "../support/sandbox-client.js";

const webhook_url = "https://example.com/hook";
const SENT = `message.sent ${webhook_url}`;

/** A client whose requests the test can change; it never really waits. */
function connect({ sandbox }: World, bend: Bend): WebhookSubscriptions<string> {
  const fetch = bendFetch(sandbox.fetch, bend);
  return composeClient({ token: "any-token", fetch, lock: withoutLock }, createFastClock())
    .webhookSubscriptions;
}

interface Sent {
  webhook_url: string;
  events: string[];
  version: number;
  active: boolean;
}

/** A client of a server that stores something other than what it is sent. */
function connectToRewriter(
  world: World,
  rewrite: (sent: Sent) => Sent,
): WebhookSubscriptions<string> {
  return connect(world, ({ method, url, body }, send) => {
    if (body === undefined) return send();
    const { webhook_subscription } = body as { webhook_subscription: Sent };
    return world.sandbox.fetch(url, {
      method,
      headers: { "content-type": "application/json", "X-LINQ-INTEGRATION-TOKEN": "any" },
      body: JSON.stringify({ webhook_subscription: rewrite(webhook_subscription) }),
    });
  });
}

const input = { webhook_url, events: ["message.sent", "message.read"] };

const REWRITES: readonly [what: string, rewrite: (sent: Sent) => Sent, field: string][] = [
  ["drops an event", (sent) => ({ ...sent, events: sent.events.slice(0, 1) }), "events"],
  ["adds an event", (sent) => ({ ...sent, events: [...sent.events, "call.completed"] }), "events"],
  ["sets another version", (sent) => ({ ...sent, version: 1 }), "version"],
  ["inverts active", (sent) => ({ ...sent, active: !sent.active }), "active"],
  ["shortens the URL", (sent) => ({ ...sent, webhook_url: "https://example.com/" }), "webhook_url"],
];

describe.each(REWRITES)("a server that %s", (_what, rewrite, field) => {
  it.each<[method: string, call: (linq: WebhookSubscriptions<string>) => Promise<unknown>]>([
    ["create", (linq) => linq.create(input)],
    ["create with `allowDuplicate`", (linq) => linq.create(input, { allowDuplicate: true })],
    ["ensure", (linq) => linq.ensure(input)],
  ])("is detected by %s, which posts once and deletes what it created", async (_name, call) => {
    const world = createWorld();
    const error = await rejectionOf(call(connectToRewriter(world, rewrite)));
    expect(error).toBeInstanceOf(InvalidResponseError);
    expect(error).toMatchObject({ field: `webhook_subscription.${field}` });
    expect(world.methods()).toEqual(["GET", "POST", "DELETE"]);
    expect(world.sandbox.subscriptions).toEqual([]);
  });

  it("is detected by update, which writes only once", async () => {
    const world = createWorld();
    await world.linq.webhookSubscriptions.create({ webhook_url, events: ["message.sent"] });
    const before = world.methods().length;
    const { update } = connectToRewriter(world, rewrite);
    const error = await rejectionOf(update(1, { events: input.events, version: 3 }));
    expect(error).toBeInstanceOf(InvalidResponseError);
    expect(error).toMatchObject({ field: `webhook_subscription.${field}` });
    const writes = world
      .methods()
      .slice(before)
      .filter((method) => method !== "GET");
    expect(writes).toEqual(["PUT"]);
  });
});

it("accepts and recognizes a URL that the server spells in its own way", async () => {
  const world = createWorld();
  const written = { ...input, webhook_url: "HTTPS://EXAMPLE.com:443/a/../hook" };
  const linq = connectToRewriter(world, (sent) => ({
    ...sent,
    webhook_url: new URL(sent.webhook_url).href,
    events: [...sent.events].sort(),
  }));
  await expect(linq.ensure(written)).resolves.toMatchObject({ outcome: "created" });
  await expect(linq.ensure(written)).resolves.toMatchObject({ outcome: "unchanged" });
  await expect(linq.create(written)).rejects.toThrow(DuplicateSubscriptionError);
  await expect(linq.update(1, { webhook_url: written.webhook_url })).resolves.toMatchObject({
    webhook_url,
  });
});

it("accepts that the server adds events if the caller has asked for them", async () => {
  const world = createWorld();
  const linq = connectToRewriter(world, (sent) => ({
    ...sent,
    events: [...sent.events, "call.completed"],
  }));
  const wanted = { ...input, events: [...input.events, "call.completed"] };
  await expect(linq.ensure(wanted)).resolves.toMatchObject({ outcome: "created" });
  await expect(linq.ensure(input)).resolves.toMatchObject({ outcome: "unchanged" });
});

it("tries once per call to set a version that the server does not store", async () => {
  const world = createWorld();
  const linq = connectToRewriter(world, (sent) => ({ ...sent, version: 1 }));
  await world.linq.webhookSubscriptions.create({ ...input, events: ["message.sent"], version: 1 });
  for (let call = 0; call < 3; call++) {
    const error = await rejectionOf(linq.ensure({ ...input, events: ["message.sent"] }));
    expect(error).toMatchObject({ field: "webhook_subscription.version" });
  }
  const puts = ["GET", "PUT", "GET", "PUT", "GET", "PUT"];
  expect(world.methods()).toEqual(["GET", "POST", "GET", ...puts]);
});

describe("an edit by somebody else", () => {
  /** Subscription 1, with message.sent. */
  async function createOne(): Promise<World> {
    const world = createWorld();
    await world.linq.webhookSubscriptions.create({ webhook_url, events: ["message.sent"] });
    return world;
  }

  /** A client that somebody else overtakes just before its first request with this method. */
  const overtake = (
    world: World,
    method: string,
    edit: (others: World["linq"]["webhookSubscriptions"]) => Promise<unknown>,
  ): WebhookSubscriptions<string> =>
    connect(world, async (request, send) => {
      if (request.method === method && request.nth === 1)
        await edit(world.linq.webhookSubscriptions);
      return send();
    });

  it("between the write and its answer is detected", async () => {
    const world = await createOne();
    const { update } = connect(world, async ({ method }, send) => {
      const response = await send();
      return method === "PUT"
        ? rewriteJson(response, (text) => text.replace('"version":3', '"version":4'))
        : response;
    });
    const error = await rejectionOf(update(1, { version: 3 }));
    expect(error).toBeInstanceOf(InvalidResponseError);
    expect(error).toMatchObject({ field: "webhook_subscription.version" });
  });

  it("between read and write is replaced as a whole by the later one", async () => {
    const world = await createOne();
    const { update } = overtake(world, "PUT", (others) => others.update(1, { version: 5 }));
    const written = await update(1, { events: ["message.read"] });
    expect(written).toMatchObject({ events: ["message.read"], version: 2 });
    expect(world.sandbox.subscriptions).toEqual([written]);
  });

  it("that deletes it between read and write is reported, and not undone", async () => {
    const world = await createOne();
    const { update } = overtake(world, "PUT", (others) => others.delete(1));
    const error = await rejectionOf(update(1, { version: 3 }));
    expect(error).toBeInstanceOf(SubscriptionNotFoundError);
    expect(error).toMatchObject({ id: 1 });
    expect(world.sandbox.subscriptions).toEqual([]);
  });

  it("that moves an event to another subscription does not make it arrive twice", async () => {
    const world = await createOne();
    await world.linq.webhookSubscriptions.update(1, { events: ["message.sent", "message.read"] });
    const { update } = overtake(world, "PUT", async (others) => {
      await others.update(1, { events: ["message.read"] });
      await others.create({ webhook_url, events: ["message.sent"] });
    });
    await expect(update(1, { version: 3 })).resolves.toMatchObject({ version: 3 });
    expect(world.countDeliveries()).toEqual({ [SENT]: 1, [`message.read ${webhook_url}`]: 1 });
  });

  it("that adds the same event to another subscription removes it from the higher id", async () => {
    const world = await createOne();
    await world.linq.webhookSubscriptions.create({ webhook_url, events: ["message.read"] });
    const { update } = overtake(world, "PUT", (others) =>
      others.update(1, { events: ["message.sent", "call.completed"] }),
    );
    const error = await rejectionOf(update(2, { events: ["message.read", "call.completed"] }));
    expect(error).toBeInstanceOf(DuplicateSubscriptionError);
    expect(error).toMatchObject({ existing: [{ id: 1 }], sharedEvents: ["call.completed"] });
    expect(world.sandbox.subscriptions[1]?.events).toEqual(["message.read"]);
  });

  it.each(["PUT", "DELETE"])(
    "that deletes what ensure is about to %s is not an error",
    async (method) => {
      const world = await createOne();
      const events = method === "PUT" ? ["message.sent", "message.read"] : ["message.sent"];
      await connect(world, (_request, send) => send()).create(
        { webhook_url, events },
        { allowDuplicate: true },
      );
      const { ensure } = overtake(world, method, (others) => others.delete(2));
      const { subscriptions } = await ensure({ webhook_url, events });
      expect(subscriptions).toEqual(world.sandbox.subscriptions);
      expect(world.countDeliveries()[SENT]).toBe(1);
    },
  );

  it("that deletes what ensure has found is repaired by the same ensure", async () => {
    const world = await createOne();
    const { ensure } = overtake(world, "POST", (others) => others.delete(1));
    const result = await ensure(input);
    expect(result.outcome).toBe("created");
    expect(world.countDeliveries()).toEqual({ [SENT]: 1, [`message.read ${webhook_url}`]: 1 });
  });
});

describe("a server on which nothing takes effect", () => {
  const MAX_REQUESTS = 200;

  /** 1 with message.sent; 2 with message.sent, and message.read unless it is a duplicate. */
  async function createTwo(isDuplicate: boolean): Promise<World> {
    // Two updates within one ms would leave a row that looks as if neither had happened.
    let time = Date.parse("2025-06-01T12:00:00Z");
    const world = createWorld({ now: () => time++ });
    const { create } = world.linq.webhookSubscriptions;
    await create({ webhook_url, events: ["message.sent"] });
    await create(
      { webhook_url, events: isDuplicate ? ["message.sent"] : ["message.sent", "message.read"] },
      { allowDuplicate: true },
    );
    return world;
  }

  it("but that confirms updates does not keep ensure busy for ever", async () => {
    const world = await createTwo(false);
    const { ensure } = connect(world, async ({ method, body }, send) => {
      if (method !== "PUT") return send();
      return Response.json({
        webhook_subscription: {
          id: 2,
          ...(body as { webhook_subscription: object }).webhook_subscription,
        },
      });
    });
    const error = await rejectionOf(ensure({ webhook_url, events: ["message.sent"] }));
    expect(error).toBeInstanceOf(InvalidResponseError);
    expect(String(error)).toContain("still shows webhook subscription 2 as it was");
    expect(world.methods().length).toBeLessThan(MAX_REQUESTS);
  });

  it.each<[status: number, code: string]>([
    [204, "invalid_response"],
    [404, "api_error"],
  ])(
    "and that answers DELETE with %d keeps neither ensure nor removeDuplicates busy",
    async (status, code) => {
      const world = await createTwo(true);
      const linq = connect(world, ({ method }, send) =>
        method === "DELETE" ? new Response(null, { status }) : send(),
      );
      for (const call of [
        () => linq.ensure({ webhook_url, events: ["message.sent"] }),
        () => linq.removeDuplicates(),
      ]) {
        expect(await rejectionOf(call())).toMatchObject({ code });
      }
      expect(world.methods().length).toBeLessThan(MAX_REQUESTS);
      expect(world.sandbox.subscriptions).toHaveLength(2);
    },
  );

  it("but that confirms a creation is not sent the same POST again", async () => {
    const world = createWorld();
    let posts = 0;
    const { ensure } = connect(world, ({ method, body }, send) => {
      if (method !== "POST") return send();
      posts++;
      const { webhook_subscription } = body as { webhook_subscription: object };
      return Response.json(
        { webhook_subscription: { id: posts, ...webhook_subscription } },
        { status: 201 },
      );
    });
    await expect(ensure(input)).resolves.toMatchObject({ outcome: "created" });
    expect(posts).toBe(1);
  });

  it("for long, as somebody undoes every change, is reported, not retried for ever", async () => {
    const world = await createTwo(false);
    const { ensure } = connect(world, async ({ method }, send) => {
      const response = await send();
      if (method === "PUT") {
        const { update } = world.linq.webhookSubscriptions;
        await update(2, { events: ["message.sent", "message.read"] }, { allowDuplicate: true });
      }
      return response;
    });
    const error = await rejectionOf(ensure({ webhook_url, events: ["message.sent"] }));
    expect(error).toBeInstanceOf(DuplicateSubscriptionError);
    expect(String(error)).toContain("find out what else writes to this URL");
    expect(world.methods().length).toBeLessThan(2 * MAX_REQUESTS);
  });
});
