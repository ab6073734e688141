import { describe, expect, it } from "vitest";
import { composeClient } from "../../src/client.js";
import {
  DuplicateSubscriptionError,
  InvalidResponseError,
  type WebhookSubscriptions,
} from "../../src/index.js";
import { type Bend, bendFetch } from "../support/bend-fetch.js";
import { createFastClock } from "../support/fast-clock.js";
import { rejectionOf } from "../support/rejection.js";
import { createWorld, withoutLock, type World } from "../support/sandbox-client.js";

const webhook_url = "https://example.com/hook";
const otherUrl = "https://example.com/other";

/** A client whose requests the test can change. */
function connect({ sandbox }: World, bend: Bend): WebhookSubscriptions<string> {
  const fetch = bendFetch(sandbox.fetch, bend);
  const options = { token: "any-token", fetch, lock: withoutLock };
  return composeClient(options, createFastClock()).webhookSubscriptions;
}

/** 1 to 4 at other URLs, 5 with message.sent and message.read at the URL of the tests. */
async function createFive(pageSize: number | undefined): Promise<World> {
  const world = createWorld({ switches: { pageSize } });
  const { create } = world.linq.webhookSubscriptions;
  for (const path of ["a", "b", "c", "d"]) {
    await create({ webhook_url: `https://example.com/${path}`, events: ["message.sent"] });
  }
  await create({ webhook_url, events: ["message.sent", "message.read"] });
  return world;
}

/** The same, and a sixth that also delivers message.read. */
async function createSix(pageSize: number): Promise<World> {
  const world = await createFive(pageSize);
  await world.linq.webhookSubscriptions.create(
    { webhook_url, events: ["message.read"] },
    { allowDuplicate: true },
  );
  return world;
}

const writesOf = (world: World): string[] => world.methods().filter((method) => method !== "GET");

describe.each([1, 2, 3, 4, 5])("a list in pages of %d", (pageSize) => {
  it("is read as a whole", async () => {
    const { linq, sandbox } = await createFive(pageSize);
    await expect(linq.webhookSubscriptions.list()).resolves.toEqual(sandbox.subscriptions);
  });

  it("is searched on every page by get", async () => {
    const { linq, sandbox } = await createFive(pageSize);
    for (const subscription of sandbox.subscriptions) {
      const { id } = subscription;
      await expect(linq.webhookSubscriptions.get(id)).resolves.toEqual(subscription);
    }
  });

  it("shows create a duplicate on the last page", async () => {
    const world = await createFive(pageSize);
    const writes = writesOf(world);
    const error = await rejectionOf(
      world.linq.webhookSubscriptions.create({ webhook_url, events: ["message.read"] }),
    );
    expect(error).toBeInstanceOf(DuplicateSubscriptionError);
    expect(error).toMatchObject({ existing: [{ id: 5 }], sharedEvents: ["message.read"] });
    expect(writesOf(world)).toEqual(writes);
  });

  it("shows ensure an existing subscription on the last page", async () => {
    const world = await createFive(pageSize);
    const writes = writesOf(world);
    const { outcome, subscriptions } = await world.linq.webhookSubscriptions.ensure({
      webhook_url,
      events: ["message.read", "message.sent"],
    });
    expect(outcome).toBe("unchanged");
    expect(subscriptions).toMatchObject([{ id: 5 }]);
    expect(writesOf(world)).toEqual(writes);
  });

  it("shows ensure duplicates on different pages", async () => {
    const { linq, sandbox, countDeliveries } = await createSix(pageSize);
    await linq.webhookSubscriptions.ensure({ webhook_url, events: ["message.read"] });
    expect(sandbox.subscriptions.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5]);
    expect(countDeliveries()[`message.read ${webhook_url}`]).toBe(1);
  });

  it("shows update a conflicting subscription on the last page", async () => {
    const world = await createFive(pageSize);
    const writes = writesOf(world);
    const error = await rejectionOf(world.linq.webhookSubscriptions.update(1, { webhook_url }));
    expect(error).toBeInstanceOf(DuplicateSubscriptionError);
    expect(error).toMatchObject({ existing: [{ id: 5 }] });
    expect(writesOf(world)).toEqual(writes);
  });

  it("is searched for duplicates on every page, and cleared of them", async () => {
    const { linq, sandbox } = await createSix(pageSize);
    const groups = await linq.webhookSubscriptions.findDuplicates();
    expect(groups).toMatchObject([{ subscriptions: [{ id: 5 }, { id: 6 }] }]);
    const { removed } = await linq.webhookSubscriptions.removeDuplicates();
    expect(removed).toMatchObject([{ id: 6 }]);
    expect(sandbox.subscriptions).toHaveLength(5);
  });

  it("is read completely again after a creation", async () => {
    const { linq, sandbox } = await createFive(pageSize);
    const created = await linq.webhookSubscriptions.create({
      webhook_url,
      events: ["call.completed"],
    });
    expect(created).toEqual(sandbox.subscriptions[5]);
  });
});

describe.each([1, 2, 3])("a list in pages of %d that changes while it is read", (pageSize) => {
  const remove = (id: number) => (world: World) => world.linq.webhookSubscriptions.delete(id);
  const add = (world: World): Promise<unknown> =>
    world.linq.webhookSubscriptions.create({ webhook_url: otherUrl, events: ["message.sent"] });

  const CHANGES: [what: string, change: (world: World) => Promise<unknown>][] = [
    ["loses its first", remove(1)],
    ["loses its last but one", remove(4)],
    ["gains one", add],
    ["loses its first and gains one", (world) => remove(1)(world).then(() => add(world))],
  ];
  const cases = CHANGES.flatMap(([what, change]) =>
    [1, 2, 3, 4, 6].map((request) => ({ what, request, change })),
  );

  it.each(cases)(
    "still shows a lasting subscription when it $what before request $request",
    async ({ request, change }) => {
      const world = await createFive(pageSize);
      let isChanged = false;
      const subscriptions = connect(world, async ({ nth }, send) => {
        if (nth === request) {
          isChanged = true;
          await change(world);
        }
        return send();
      });
      const error = await rejectionOf(
        subscriptions.create({ webhook_url, events: ["message.sent"] }),
      );
      expect(error).toBeInstanceOf(DuplicateSubscriptionError);
      expect(error).toMatchObject({ existing: [{ id: 5 }] });
      // A list that has already been read causes no further request, so nothing precedes it.
      if (request <= Math.ceil(5 / pageSize)) expect(isChanged).toBe(true);
    },
  );

  it("is never treated as complete when it does not stop changing", async () => {
    const world = await createFive(pageSize);
    const { ensure } = connect(world, async ({ url }, send) => {
      if (url.search === "") {
        await dropOthers(world);
        await add(world);
      }
      return send();
    });
    const error = await rejectionOf(ensure({ webhook_url, events: ["call.completed"] }));
    expect(error).toBeInstanceOf(InvalidResponseError);
    expect(error).toMatchObject({ field: "webhook_subscriptions" });
    expect(world.sandbox.subscriptions.flatMap(({ events }) => events)).not.toContain(
      "call.completed",
    );
  });
});

describe.each<[what: string, hint: object, headers: Record<string, string>, field: string]>([
  ["a cursor", { next_cursor: "abc" }, {}, "next_cursor"],
  ["has_more", { has_more: true }, {}, "has_more"],
  ["a pagination of another form", { pagination: { page: 1, pages: 2 } }, {}, "pagination.pages"],
  ["a meta that cannot be followed", { meta: { offset: 0, limit: 6 } }, {}, "meta.limit"],
  ["a count alone", { total_count: 7 }, {}, "total_count"],
  ["a Link header", {}, { link: '</api?page=2>; rel="next"' }, "link"],
])("a list that continues with %s, in an unknown way", (_what, hint, headers, field) => {
  it.each<[method: string, call: (linq: WebhookSubscriptions<string>) => Promise<unknown>]>([
    ["list", (linq) => linq.list()],
    ["get", (linq) => linq.get(1)],
    ["create", (linq) => linq.create({ webhook_url, events: ["call.completed"] })],
    [
      "create with `allowDuplicate`",
      (linq) => linq.create({ webhook_url, events: ["call.completed"] }, { allowDuplicate: true }),
    ],
    ["ensure", (linq) => linq.ensure({ webhook_url, events: ["call.completed"] })],
    ["update", (linq) => linq.update(1, { version: 3 })],
    ["rotateSecret", (linq) => linq.rotateSecret({ webhook_url, secret: "a new secret" })],
    ["findDuplicates", (linq) => linq.findDuplicates()],
    ["removeDuplicates", (linq) => linq.removeDuplicates()],
  ])("is refused by %s, and nothing is written", async (_method, call) => {
    const world = await createSix(10);
    const writes = writesOf(world);
    const linq = connect(world, async ({ method }, send) => {
      const response = await send();
      if (method !== "GET") return response;
      const list = (await response.json()) as object;
      return Response.json({ ...list, ...hint }, { headers });
    });
    const error = await rejectionOf(call(linq));
    expect(error).toBeInstanceOf(InvalidResponseError);
    expect(error).toMatchObject({ field });
    expect(writesOf(world)).toEqual(writes);
  });
});

describe("pages that do not add up", () => {
  it.each<[what: string, from: string, to: string]>([
    ["say that there are fewer pages", '"total_pages":3', '"total_pages":1'],
    ["count more than they show", '"total_count":5', '"total_count":6'],
    ["all say that they are the first", '"page":2', '"page":1'],
  ])("are refused when they %s", async (_what, from, to) => {
    const world = await createFive(2);
    const writes = writesOf(world);
    const { ensure } = connect(world, async (_request, send) => {
      const response = await send();
      return new Response((await response.text()).replace(from, to));
    });
    const error = await rejectionOf(ensure({ webhook_url, events: ["message.sent"] }));
    expect(error).toBeInstanceOf(InvalidResponseError);
    expect(writesOf(world)).toEqual(writes);
  });

  it("are refused when a server does not know pages and always returns the first one", async () => {
    const world = await createFive(2);
    const { ensure } = connect(world, ({ url }, send) =>
      url.search === "" ? send() : world.sandbox.fetch(url.href.split("?")[0] ?? "", TOKEN),
    );
    const error = await rejectionOf(ensure({ webhook_url, events: ["call.completed"] }));
    expect(error).toBeInstanceOf(InvalidResponseError);
    expect(world.sandbox.subscriptions).toHaveLength(5);
  });
});

const TOKEN = { headers: { "X-LINQ-INTEGRATION-TOKEN": "any" } };

async function dropOthers({ linq, sandbox }: World): Promise<void> {
  const others = sandbox.subscriptions.filter((found) => found.webhook_url === otherUrl);
  for (const { id } of others) await linq.webhookSubscriptions.delete(id);
}
