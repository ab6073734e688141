import { describe, expect, it } from "vitest";
import { DuplicateSubscriptionError, InvalidInputError, type EventName } from "../../src/index.js";
import { createJudgedWorld, type JudgedWorld } from "../support/judged.js";
import { rejectionOf } from "../support/rejection.js";
import { WEBHOOK_URL } from "./ask.js";
import type { Row } from "./row.js";

const OURS = "the secret of our team";
const THEIRS = "the secret of another team";

const input = (...events: EventName[]): { webhook_url: string; events: EventName[] } => ({
  webhook_url: WEBHOOK_URL,
  events,
});

/** A server with some rows at one URL. */
function createWorld(
  ...rows: { events: string[]; secret?: string; version?: number }[]
): JudgedWorld {
  const world = createJudgedWorld({ seed: 1 });
  for (const row of rows) world.judge.addRow({ webhook_url: WEBHOOK_URL, ...row });
  return world;
}

function ensure(
  { clock, connect }: JudgedWorld,
  events: EventName[],
  options: { secret?: string; rotateSecret?: boolean } = {},
): Promise<{ outcome: string }> {
  const { secret, ...more } = options;
  const own = secret === undefined ? {} : { secret };
  const { webhookSubscriptions } = connect("one");
  return clock.run(() => webhookSubscriptions.ensure({ ...input(...events), ...own }, more));
}

const shown = ({ judge }: JudgedWorld): string[] =>
  judge.rows().map(({ id, events, secret = "none" }) => `${id}: ${events.join()} (${secret})`);

describe("a subscription that also delivers another team's events", () => {
  it.each([
    [
      "never gets our secret if it has none",
      [{ events: ["message.sent", "call.completed"] }],
      ["message.sent"],
    ],
    [
      "is never trimmed if it has a secret",
      [
        { events: ["message.sent"], secret: OURS },
        { events: ["message.sent", "call.completed"], secret: THEIRS },
      ],
      ["message.sent"],
    ],
    [
      "never has its version changed if it has a secret",
      [{ events: ["message.sent", "call.completed"], secret: THEIRS, version: 1 }],
      ["message.sent"],
    ],
  ] as const)("%s", async (_name, rows, events) => {
    const world = createWorld(...rows.map((row) => ({ ...row, events: [...row.events] })));
    const before = shown(world);
    const error = await rejectionOf(ensure(world, [...events], { secret: OURS }));
    expect(error).toBeInstanceOf(DuplicateSubscriptionError);
    expect(String(error)).toContain(
      `webhook subscription ${rows.length} also delivers events outside this call`,
    );
    expect(shown(world)).toEqual(before);
    expect(world.judge.requests.filter(({ method }) => method !== "GET")).toEqual([]);
  });

  it("is trimmed if neither it nor the call has a secret", async () => {
    const world = createWorld(
      { events: ["message.sent"] },
      { events: ["message.sent", "call.completed"] },
    );
    expect(await ensure(world, ["message.sent"])).toMatchObject({ outcome: "updated" });
    expect(shown(world)).toEqual(["1: message.sent (none)", "2: call.completed (none)"]);
  });

  it("is ignored if the call asks for none of its events", async () => {
    const world = createWorld({ events: ["call.completed"], secret: THEIRS });
    expect(await ensure(world, ["message.sent"], { secret: OURS })).toMatchObject({
      outcome: "created",
    });
    expect(shown(world)).toEqual([`1: call.completed (${THEIRS})`, `2: message.sent (${OURS})`]);
  });
});

describe("the lowest id", () => {
  it("gets the secret first if it has none and a higher id has it", async () => {
    const world = createWorld(
      { events: ["message.sent"] },
      { events: ["message.sent"], secret: OURS },
    );
    await ensure(world, ["message.sent"], { secret: OURS });
    expect(shown(world)).toEqual([`1: message.sent (${OURS})`]);
    const writes = world.judge.requests.filter(({ method }) => method !== "GET");
    expect(writes.map(({ method, id }) => `${method} ${String(id)}`)).toEqual([
      "PUT 1",
      "DELETE 2",
    ]);
  });

  it("stays together with the signed one if the call has no secret, and the error says why", async () => {
    const world = createWorld(
      { events: ["message.sent"] },
      { events: ["message.sent"], secret: OURS },
    );
    const error = await rejectionOf(ensure(world, ["message.sent"]));
    expect(error).toBeInstanceOf(DuplicateSubscriptionError);
    expect(String(error)).toContain(
      "webhook subscription 2 has a secret and webhook subscription 1 has none",
    );
    expect(shown(world)).toHaveLength(2);
  });

  it("stays together with the signed one after `removeDuplicates`, which reports why", async () => {
    const world = createWorld(
      { events: ["message.sent"] },
      { events: ["message.sent"], secret: OURS },
    );
    const { webhookSubscriptions } = world.connect("one");
    const { removed, remaining } = await world.clock.run(() =>
      webhookSubscriptions.removeDuplicates(),
    );
    expect(removed).toEqual([]);
    expect(remaining).toMatchObject([
      {
        obstacles: [expect.stringContaining("2 has a secret and webhook subscription 1 has none")],
      },
    ]);
    expect(shown(world)).toHaveLength(2);
  });
});

describe("`rotateSecret` of `ensure`", () => {
  it("overwrites a stored secret, once, and only in subscriptions that are all ours", async () => {
    const world = createWorld(
      { events: ["message.sent"], secret: "the old one" },
      { events: ["message.read"], secret: "the old one" },
      { events: ["call.completed"], secret: THEIRS },
    );
    const result = await ensure(world, ["message.sent", "message.read"], {
      secret: OURS,
      rotateSecret: true,
    });
    expect(result).toMatchObject({ outcome: "updated" });
    expect(shown(world)).toEqual([
      `1: message.sent (${OURS})`,
      `2: message.read (${OURS})`,
      `3: call.completed (${THEIRS})`,
    ]);
    expect(world.judge.count("PUT")).toBe(2);
  });

  it("requires a secret", async () => {
    const world = createWorld();
    const error = await rejectionOf(ensure(world, ["message.sent"], { rotateSecret: true }));
    expect(error).toBeInstanceOf(InvalidInputError);
    expect(error).toMatchObject({ field: "secret" });
    expect(world.judge.requests).toEqual([]);
  });

  it("is required: without it the stored secret stays, and the outcome is `unchanged`", async () => {
    const world = createWorld({ events: ["message.sent"], secret: "the old one" });
    expect(await ensure(world, ["message.sent"], { secret: OURS })).toMatchObject({
      outcome: "unchanged",
    });
    expect(shown(world)).toEqual(["1: message.sent (the old one)"]);
  });
});

describe("rotateSecret", () => {
  const NEXT = "the next secret of our team";

  function rotate({ clock, connect }: JudgedWorld, webhook_url = WEBHOOK_URL): Promise<object> {
    const { webhookSubscriptions } = connect("one");
    return clock.run(() => webhookSubscriptions.rotateSecret({ webhook_url, secret: NEXT }));
  }

  it("writes it to all active subscriptions of the URL, duplicates and those with other events included", async () => {
    const world = createWorld(
      { events: ["message.sent"], secret: OURS, version: 1 },
      { events: ["message.sent", "call.completed"], secret: THEIRS },
      { events: ["message.read"] },
    );
    world.judge.addRow({ webhook_url: WEBHOOK_URL, events: ["message.sent"], active: false });
    world.judge.addRow({ webhook_url: "https://other.example/", events: ["message.sent"] });
    const before = world.judge.rows();
    expect(await rotate(world, `${WEBHOOK_URL}#new`)).toMatchObject({
      outcome: "updated",
      subscriptions: [{ id: 1 }, { id: 2 }, { id: 3 }],
    });
    const settings = ({ id, webhook_url, events, active, version, secret }: Row): object => ({
      ...{ id, webhook_url, events, active, version, secret },
    });
    expect(world.judge.rows().map(settings)).toEqual(
      before.map((row) => settings(row.id <= 3 ? { ...row, secret: NEXT } : row)),
    );
    expect(world.judge.count("PUT")).toBe(3);
    expect(world.judge.requests.filter(({ method }) => !["GET", "PUT"].includes(method))).toEqual(
      [],
    );
  });

  it("has the same result when it is called again after an unclear failure", async () => {
    for (const errors of [{ before: 1 }, { after: 1 }]) {
      const world = createWorld(
        { events: ["message.sent"], secret: OURS },
        { events: ["message.read"] },
      );
      world.judge.set({ errors });
      expect(await rejectionOf(rotate(world))).toMatchObject({ code: "api_error" });
      world.judge.set({ errors: {} });
      await rotate(world);
      expect(shown(world)).toEqual([`1: message.sent (${NEXT})`, `2: message.read (${NEXT})`]);
    }
  });
});
