import { describe, expect, it } from "vitest";
import { askAs, type Asking, EVENT, WEBHOOK_URL } from "./ask.js";
import { createJudge, type Judge, type JudgeOptions } from "./judge.js";
import { createVirtualClock, type VirtualClock } from "./virtual-clock.js";

const EVENTS = ["message.sent", "message.received", "message.read", "call.completed"];

interface Scene {
  readonly judge: Judge;
  readonly clock: VirtualClock;
  readonly client: Asking;
}

function stage(options: JudgeOptions): Scene {
  const clock = createVirtualClock();
  const judge = createJudge({ clock, ...options });
  return { judge, clock, client: askAs("a", judge) };
}

describe("events", () => {
  it.each([
    ["asSent", EVENTS],
    [{ capped: 2 }, ["message.sent", "message.received"]],
    [{ dropped: "message.read" }, ["message.sent", "message.received", "call.completed"]],
    [{ added: "contact.created" }, [...EVENTS, "contact.created"]],
    [{ added: "message.read" }, EVENTS],
  ] as const)("%o", async (events, stored) => {
    const { judge, client } = stage({ events });
    await client.post({ events: EVENTS });
    expect(judge.rows()).toMatchObject([{ events: stored }]);
    await client.put(1, { events: EVENTS });
    expect(judge.rows()).toMatchObject([{ events: stored }]);
  });

  it("shuffled", async () => {
    const { judge, client } = stage({ events: "shuffled" });
    for (let post = 0; post < 5; post += 1) await client.post({ events: EVENTS });
    const orders = judge.rows().map(({ events }) => events.join());
    expect(new Set(orders).size).toBeGreaterThan(1);
    for (const { events } of judge.rows()) expect([...events].sort()).toEqual([...EVENTS].sort());
  });
});

describe("POST", () => {
  it.each([201, 200] as const)("is answered with postStatus %i", async (postStatus) => {
    const { client } = stage({ postStatus });
    expect((await client.post()).status).toBe(postStatus);
  });

  it.each([true, false])("without `active` stores postActive %o", async (postActive) => {
    const { judge, client } = stage({ postActive });
    await client.post();
    await client.post({ active: !postActive });
    expect(judge.rows().map(({ active }) => active)).toEqual([postActive, !postActive]);
  });
});

describe("unique", () => {
  const both = ["message.sent", EVENT];

  it.each([409, 422] as const)(
    "refuses a duplicate with %i, however it is spelt",
    async (unique) => {
      const { judge, client } = stage({ unique });
      await client.post({ events: both });
      const duplicate = { webhook_url: `${WEBHOOK_URL}#fragment`, events: [...both].reverse() };
      const refused = { status: unique, body: { error_code: "duplicate" } };
      expect(await client.post(duplicate)).toMatchObject(refused);
      expect(judge.rows()).toHaveLength(1);
    },
  );

  it.each([
    { uniqueBy: "events", status: 201 },
    { uniqueBy: "overlap", status: 409 },
  ] as const)(
    "by $uniqueBy answers one shared event with $status",
    async ({ uniqueBy, status }) => {
      const { client } = stage({ unique: 409, uniqueBy });
      await client.post({ events: both });
      expect((await client.post()).status).toBe(status);
    },
  );

  it("accepts another URL, other events, and an inactive subscription", async () => {
    const { judge, client } = stage({ unique: 409, uniqueBy: "overlap" });
    await client.post();
    expect((await client.post({ webhook_url: `${WEBHOOK_URL}/` })).status).toBe(201);
    expect((await client.post({ events: ["message.sent"] })).status).toBe(201);
    expect((await client.post({ active: false })).status).toBe(201);
    expect(judge.rows()).toHaveLength(4);
  });
});

describe("PUT", () => {
  it.each([
    { putActive: "kept", without: false, withFalse: false },
    { putActive: "reset", without: true, withFalse: false },
    { putActive: "alwaysTrue", without: true, withFalse: true },
  ] as const)("putActive $putActive", async ({ putActive, without, withFalse }) => {
    const { judge, client } = stage({ putActive });
    judge.addRow({ active: false });
    await client.put(1);
    expect(judge.rows()).toMatchObject([{ active: without }]);
    await client.put(1, { active: false });
    expect(judge.rows()).toMatchObject([{ active: withFalse }]);
  });

  it.each([
    { putSecret: "kept", secret: "old" },
    { putSecret: "cleared", secret: undefined },
  ] as const)("putSecret $putSecret", async ({ putSecret, secret }) => {
    const { judge, client } = stage({ putSecret });
    judge.addRow({ secret: "old" });
    await client.put(1);
    expect(judge.rows()[0]?.secret).toBe(secret);
    await client.put(1, { secret: "new" });
    expect(judge.rows()[0]?.secret).toBe("new");
  });
});

describe("DELETE", () => {
  it.each([204, 200, 202] as const)("is answered with deleteStatus %i", async (deleteStatus) => {
    const { judge, client } = stage({ deleteStatus });
    judge.addRow();
    const { status, body } = await client.remove(1);
    expect([status, body !== undefined]).toEqual([deleteStatus, deleteStatus === 200]);
    expect(judge.rows()).toEqual([]);
  });

  it("leaves the row until deleteDelay has passed", async () => {
    const { judge, clock, client } = stage({ deleteStatus: 202, deleteDelay: 50 });
    judge.addRow();
    await client.remove(1);
    await clock.sleep(49);
    expect(judge.rows()).toMatchObject([{ active: true }]);
    await clock.sleep(1);
    expect(judge.rows()).toEqual([]);
  });

  it("does not delete a newer row that has the same id", async () => {
    const { judge, clock, client } = stage({ deleteDelay: 50, ids: "reused" });
    judge.addRow();
    await client.remove(1);
    judge.removeRow(1);
    judge.addRow();
    await clock.sleep(50);
    expect(judge.rows()).toMatchObject([{ id: 1 }]);
  });

  it("leaves the row in the list with softDelete", async () => {
    const { client } = stage({ softDelete: true });
    await client.post();
    expect((await client.remove(1)).status).toBe(204);
    expect(await client.list()).toMatchObject([{ id: 1, active: false }]);
  });

  it("is carried out at once when the test calls `land`", async () => {
    const { judge, client } = stage({ deleteDelay: 50 });
    judge.addRow();
    await client.remove(1);
    judge.land();
    expect(judge.rows()).toEqual([]);
  });
});

describe("traffic", () => {
  it("changes the fields about deliveries, and nothing else", async () => {
    const { judge, clock } = stage({ traffic: { every: 100 } });
    judge.addRow({ active: false });
    const { updated_at } = judge.addRow();
    await clock.sleep(250);
    expect(judge.rows()).toMatchObject([
      { delivery_attempts: 0, last_delivered_at: null },
      { delivery_attempts: 2, last_delivered_at: "2025-01-01T00:00:00.200Z", updated_at },
    ]);
    judge.set({ traffic: undefined });
    await clock.sleep(1_000);
    expect(judge.rows()[1]?.delivery_attempts).toBe(2);
  });

  it("changes updated_at too with touchesUpdatedAt", async () => {
    const { judge, clock } = stage({ traffic: { every: 100, touchesUpdatedAt: true } });
    judge.addRow();
    await clock.sleep(100);
    expect(judge.rows()).toMatchObject([{ updated_at: "2025-01-01T00:00:00.100Z" }]);
  });
});
