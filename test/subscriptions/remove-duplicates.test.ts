import { describe, expect, it } from "vitest";
import { createLinqClient, LinqApiError } from "../../src/index.js";
import { bendFetch } from "../support/bend-fetch.js";
import { rejectionOf } from "../support/rejection.js";
import { createWorld, type World } from "../support/sandbox-client.js";
import { type Machine, takeTurns } from "../support/take-turns.js";

const webhook_url = "https://example.com/hook";

interface Subscribed {
  readonly webhook_url?: string;
  readonly events: readonly string[];
  readonly secret?: string;
}

/** Subscriptions with the ids 1, 2, 3 ... at one URL, whatever they share. */
async function createWith(...subscribed: readonly Subscribed[]): Promise<World> {
  const world = createWorld();
  await addTo(world, subscribed);
  return world;
}

async function addTo(world: World, subscribed: readonly Subscribed[]): Promise<void> {
  const linq = createLinqClient({
    fetch: world.sandbox.fetch,
    token: "any-token",
    allowUnknownEvents: true,
  });
  for (const over of subscribed) {
    await linq.webhookSubscriptions.create({ webhook_url, ...over }, { allowDuplicate: true });
  }
}

const remove: Machine = (linq) => linq.removeDuplicates();

const idsOf = (world: World): number[] => world.sandbox.subscriptions.map(({ id }) => id);

/** Every order in which two machines can take so many turns. */
function ordersOf(turns: number): number[][] {
  return Array.from({ length: 2 ** turns }, (_, bits) =>
    Array.from({ length: turns }, (_turn, turn) => (bits >> turn) & 1),
  );
}

/** Lets the machine go on whose turn it is, or the first one if that has ended. */
function follow(order: readonly number[]): (waiting: readonly number[]) => number {
  let turn = 0;
  return (waiting) => {
    const wanted = order[turn++] ?? 0;
    return waiting.includes(wanted) ? wanted : (waiting[0] ?? 0);
  };
}

const sent = ["message.sent"];
const both = ["message.sent", "message.read"];
const secret = "a secret of the tests";

const LISTS: readonly [what: string, subscribed: readonly Subscribed[], kept: number[]][] = [
  ["duplicates", [{ events: sent }, { events: sent }], [1]],
  ["triplets", [{ events: both }, { events: both }, { events: both }], [1]],
  ["one within another", [{ events: sent }, { events: both }, { events: sent }], [1, 2]],
  ["a signed one among duplicates", [{ events: sent }, { events: sent, secret }], [1, 2]],
  ["a signed one within an unsigned one", [{ events: sent, secret }, { events: both }], [1, 2]],
  ["some that overlap", [{ events: both }, { events: ["message.read", "call.completed"] }], [1, 2]],
];

describe.each(LISTS)("two machines that remove from %s", (_what, subscribed, kept) => {
  it("keep the same one, in any order of requests", async () => {
    for (const order of ordersOf(6)) {
      const world = await createWith(...subscribed);
      const before = Object.keys(world.countDeliveries()).sort();
      const results = await takeTurns(world, follow(order), [remove, remove]);
      expect(idsOf(world), `in the order ${order.join("")}`).toEqual(kept);
      expect(Object.keys(world.countDeliveries()).sort()).toEqual(before);
      for (const result of results) expect(result).not.toBeInstanceOf(Error);
    }
  });

  it("report each deletion once between them", async () => {
    for (const order of ordersOf(6)) {
      const world = await createWith(...subscribed);
      const gone = idsOf(world).filter((id) => !kept.includes(id));
      const results = await takeTurns(world, follow(order), [remove, remove]);
      const removed = (results as { removed: { id: number }[] }[]).flatMap((result) =>
        result.removed.map(({ id }) => id),
      );
      expect(removed.sort()).toEqual(gone);
    }
  });
});

describe("a machine that reads the list again before each deletion", () => {
  it.each<[what: string, change: Machine, kept: number[], times?: number]>([
    ["deletes the one to keep", (linq) => linq.delete(1), [3]],
    ["makes the one to keep inactive", (linq) => linq.update(1, { active: false }), [1, 3]],
    [
      "gives another one other events",
      (linq) => linq.update(3, { events: ["call.completed"] }),
      [1, 3],
    ],
    ["gives another one a secret", (linq) => linq.update(3, { secret }), [1, 3], 2],
  ])(
    "keeps what is needed when somebody else %s meanwhile",
    async (_what, change, kept, times = 1) => {
      const world = await createWith({ events: sent }, { events: sent }, { events: sent });
      let turn = 0;
      // The first list and deletion, then the change as a whole, then the rest.
      const pick = (waiting: readonly number[]): number =>
        ++turn > 2 && waiting.includes(1) ? 1 : 0;
      await takeTurns(world, pick, [remove, change]);
      expect(idsOf(world)).toEqual(kept);
      expect(world.countDeliveries()[`message.sent ${webhook_url}`]).toBe(times);
    },
  );

  it("stops at a deletion that fails, and throws its error", async () => {
    const world = await createWith({ events: sent }, { events: sent }, { events: sent });
    world.sandbox.inject({
      kind: "status",
      status: 403,
      operation: "deleteWebhookSubscription",
      skip: 1,
    });
    const error = await rejectionOf(world.linq.webhookSubscriptions.removeDuplicates());
    expect(error).toBeInstanceOf(LinqApiError);
    expect(error).toMatchObject({ status: 403 });
    expect(idsOf(world)).toEqual([1, 3]);
  });

  it("treats a deletion as done if its answer is lost", async () => {
    const world = await createWith({ events: sent }, { events: sent });
    world.sandbox.inject({ kind: "reset", operation: "deleteWebhookSubscription", write: "done" });
    const [result] = await takeTurns(world, ([first = 0]) => first, [remove]);
    expect(result).toMatchObject({ removed: [{ id: 2 }], remaining: [] });
    expect(idsOf(world)).toEqual([1]);
  });
});

describe("between its list and its deletion, removeDuplicates loses nothing when", () => {
  /** Removes duplicates while something else happens just before the first deletion. */
  async function removeWhile(world: World, meanwhile: () => Promise<unknown>): Promise<void> {
    const fetch = bendFetch(world.sandbox.fetch, async ({ method, nth }, send) => {
      if (method === "DELETE" && nth === 1) await meanwhile();
      return send();
    });
    await world.connect({ fetch }).webhookSubscriptions.removeDuplicates();
  }

  it("a later delivery reaches the other duplicate, and another machine removes as well", async () => {
    let now = 0;
    let last = "";
    const world = createWorld({
      now: () => (now += 1_000),
      fetch: async (url) => {
        if (url === last) await new Promise((resolve) => setImmediate(resolve));
        return new Response();
      },
    });
    const urls = [`${webhook_url}#1`, `${webhook_url}#2`] as const;
    await addTo(
      world,
      urls.map((url) => ({ webhook_url: url, events: sent })),
    );
    [last] = urls;
    await world.sandbox.emit("message.sent");
    await removeWhile(world, async () => {
      [, last] = urls;
      await world.sandbox.emit("message.sent");
      await world.linq.webhookSubscriptions.removeDuplicates();
    });
    expect(idsOf(world)).toEqual([1]);
  });

  it("the ensure of another machine also removes them", async () => {
    for (const subscribed of [sent, both]) {
      const world = await createWith({ events: sent }, { events: subscribed }, { events: sent });
      await removeWhile(world, () =>
        world.linq.webhookSubscriptions.ensure({ webhook_url, events: ["message.sent"] }),
      );
      expect(world.countDeliveries()[`message.sent ${webhook_url}`]).toBe(1);
    }
  });

  it("another machine's ensure gives the lowest id the secret of a higher one", async () => {
    const world = await createWith({ events: sent }, { events: sent, secret }, { events: sent });
    await removeWhile(world, () =>
      world.linq.webhookSubscriptions.ensure({ webhook_url, events: ["message.sent"], secret }),
    );
    expect(world.sandbox.subscriptions).toMatchObject([{ id: 1, secret_configured: true }]);
  });
});
