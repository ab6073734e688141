import { describe, expect, test } from "vitest";
import { createSandbox, type SandboxSwitches } from "../../src/sandbox/index.js";
import { unwrapEvent } from "../../src/receiver/index.js";
import { JSON_SPELLINGS } from "../../src/receiver/json-spellings.js";
import { buildInput, buildRequest, HOOK, subscribe } from "./call-api.js";
import { ask } from "./find-objections.js";

type Switches = Partial<SandboxSwitches>;

describe("an update without a secret", () => {
  test.each<[Switches, boolean]>([
    [{}, true],
    [{ putWithoutSecret: "keep" }, true],
    [{ putWithoutSecret: "clear" }, false],
  ])("under %j: is a secret still configured? %s", async (switches, secret_configured) => {
    const sandbox = createSandbox({ switches });
    await subscribe(sandbox, { secret: "s" });
    const answer = await ask(sandbox, "updateWebhookSubscription", { body: buildInput() });
    expect(answer.body).toMatchObject({ webhook_subscription: { secret_configured } });
    expect(sandbox.subscriptions).toMatchObject([{ secret_configured }]);
    const body = buildInput({ secret: "new" });
    await ask(sandbox, "updateWebhookSubscription", { body });
    expect(sandbox.subscriptions).toMatchObject([{ secret_configured: true }]);
  });
});

describe("an update without `active`", () => {
  test.each<[Switches, boolean]>([
    [{}, false],
    [{ putWithoutActive: "keep" }, false],
    [{ putWithoutActive: "activate" }, true],
  ])("under %j: does a paused subscription deliver? %s", async (switches, active) => {
    const sandbox = createSandbox({ switches });
    await subscribe(sandbox, { active: false });
    await ask(sandbox, "updateWebhookSubscription", { body: buildInput() });
    expect(sandbox.subscriptions).toMatchObject([{ active }]);
    const body = buildInput({ active: false });
    await ask(sandbox, "updateWebhookSubscription", { body });
    expect(sandbox.subscriptions).toMatchObject([{ active: false }]);
  });
});

describe("a creation without `active`", () => {
  test.each<[Switches, boolean]>([
    [{}, true],
    [{ activeDefault: true }, true],
    [{ activeDefault: false }, false],
  ])("under %j: does it deliver? %s", async (switches, active) => {
    const sandbox = createSandbox({ switches });
    await ask(sandbox, "createWebhookSubscription", { body: buildInput() });
    const body = buildInput({ active: !active });
    await ask(sandbox, "createWebhookSubscription", { body });
    expect(sandbox.subscriptions).toMatchObject([{ active }, { active: !active }]);
  });
});

describe("an event that duplicates receive", () => {
  test.each<[Switches, number]>([
    [{}, 1],
    [{ twinEventIds: "same" }, 1],
    [{ twinEventIds: "different" }, 2],
  ])("under %j: has this number of ids: %i", async (switches, count) => {
    const receivers = { [HOOK]: () => new Response() };
    const sandbox = createSandbox({ switches, receivers });
    await subscribe(sandbox);
    await subscribe(sandbox);
    const deliveries = await sandbox.emit("message.received");
    expect(deliveries.map(({ subscriptionId }) => subscriptionId)).toEqual([1, 2]);
    expect(new Set(deliveries.map(({ event_id }) => event_id)).size).toBe(count);
    expect(new Set(deliveries.map(({ body }) => body)).size).toBe(count);
  });
});

describe("an id that does not exist", () => {
  test.each<[Switches, deletion: number]>([
    [{}, 404],
    [{ missingId: "404" }, 404],
    [{ missingId: "204" }, 204],
  ])("under %j: gets %i for a deletion and 404 for an update", async (switches, status) => {
    const sandbox = createSandbox({ switches });
    expect((await ask(sandbox, "deleteWebhookSubscription")).status).toBe(status);
    expect((await ask(sandbox, "deleteWebhookSubscription", { id: "x" })).status).toBe(404);
    const updated = await ask(sandbox, "updateWebhookSubscription", { body: buildInput() });
    expect(updated.status).toBe(404);
  });
});

describe("bad input", () => {
  const BAD = buildInput({ webhook_url: "/hook", events: ["message.edited", "message.read"] });

  test.each<[Switches, create: number, update: number]>([
    [{}, 422, 422],
    [{ invalidInput: "refuse" }, 422, 422],
    [{ invalidInput: "accept" }, 201, 200],
  ])("under %j: gets %i for a creation and %i for an update", async (switches, ...statuses) => {
    const sandbox = createSandbox({ switches });
    await subscribe(sandbox);
    const created = await ask(sandbox, "createWebhookSubscription", { body: BAD });
    const updated = await ask(sandbox, "updateWebhookSubscription", { body: BAD });
    expect([created.status, updated.status]).toEqual(statuses);
  });

  test("that is accepted is stored as it is, listed, and cannot be delivered to", async () => {
    const sandbox = createSandbox({
      allowUnknownEvents: true,
      switches: { invalidInput: "accept" },
    });
    await ask(sandbox, "createWebhookSubscription", { body: BAD });
    expect(sandbox.subscriptions).toMatchObject([BAD.webhook_subscription]);
    expect((await ask(sandbox, "listWebhookSubscriptions")).body).toMatchObject({
      webhook_subscriptions: [BAD.webhook_subscription],
    });
    expect(await sandbox.emit("message.edited")).toMatchObject([{ status: undefined }]);
  });

  test.each([{ events: [1] }, { events: "message.read" }, { webhook_url: 1 }, { version: "2" }])(
    "of a wrong type is still refused: %j",
    async (over) => {
      const sandbox = createSandbox({ switches: { invalidInput: "accept" } });
      const body = buildInput(over);
      expect((await ask(sandbox, "createWebhookSubscription", { body })).status).toBe(422);
    },
  );
});

describe("an unwrapped body", () => {
  const UNWRAPPED = buildInput().webhook_subscription;

  test.each<[Switches, create: number, update: number]>([
    [{}, 422, 422],
    [{ unwrappedBody: "refuse" }, 422, 422],
    [{ unwrappedBody: "accept" }, 201, 200],
  ])("under %j: gets %i for a creation and %i for an update", async (switches, ...statuses) => {
    const sandbox = createSandbox({ switches });
    await subscribe(sandbox); // A wrapped body is accepted under every setting.
    const created = await ask(sandbox, "createWebhookSubscription", { body: UNWRAPPED });
    const updated = await ask(sandbox, "updateWebhookSubscription", { body: UNWRAPPED });
    expect([created.status, updated.status]).toEqual(statuses);
  });

  test.each([[{}], [[]], [null], ["x"]])("that is %j is always refused", async (body) => {
    const sandbox = createSandbox({ switches: { unwrappedBody: "accept" } });
    const text = JSON.stringify(body);
    expect((await ask(sandbox, "createWebhookSubscription", { body: text })).status).toBe(422);
  });
});

describe("the creation of a duplicate", () => {
  test.each<[Switches, number]>([
    [{}, 201],
    [{ twins: "accept" }, 201],
    [{ twins: "409" }, 409],
    [{ twins: "422" }, 422],
  ])("under %j: is answered by %i", async (switches, status) => {
    const sandbox = createSandbox({ switches });
    await subscribe(sandbox, { events: ["message.received", "message.read"] });
    const create = async (over: object): Promise<number> =>
      (await ask(sandbox, "createWebhookSubscription", { body: buildInput(over) })).status;
    expect(await create({ webhook_url: `${HOOK}#again` })).toBe(status);
    // What delivers nothing twice is accepted under every setting.
    expect(await create({ active: false })).toBe(201);
    expect(await create({ events: ["message.sent"] })).toBe(201);
    expect(await create({ webhook_url: `${HOOK}/other` })).toBe(201);
  });
});

describe("the list", () => {
  test("is as old as `listLag` says, and nothing else is", async () => {
    let now = 0;
    const sandbox = createSandbox({ now: () => now, switches: { listLag: 500 } });
    const listed = async (): Promise<unknown> =>
      (await ask(sandbox, "listWebhookSubscriptions")).body;
    await subscribe(sandbox);
    expect(await listed()).toEqual({ webhook_subscriptions: [] });
    expect(sandbox.subscriptions).toMatchObject([{ id: 1 }]);
    now = 500;
    expect(await listed()).toMatchObject({ webhook_subscriptions: [{ id: 1, active: true }] });
    await ask(sandbox, "updateWebhookSubscription", { body: buildInput({ active: false }) });
    now = 999;
    expect(await listed()).toMatchObject({ webhook_subscriptions: [{ id: 1, active: true }] });
    now = 1_000;
    expect(await listed()).toMatchObject({ webhook_subscriptions: [{ id: 1, active: false }] });
    await ask(sandbox, "deleteWebhookSubscription");
    expect(await listed()).toMatchObject({ webhook_subscriptions: [{ id: 1 }] });
    now = 1_500;
    expect(await listed()).toEqual({ webhook_subscriptions: [] });
  });

  test("that lags does not show a write that a fault prevented", async () => {
    let now = 0;
    const sandbox = createSandbox({ now: () => now, switches: { listLag: 10 } });
    sandbox.inject({ kind: "reset", operation: "createWebhookSubscription" });
    await expect(subscribe(sandbox)).rejects.toThrow();
    now = 20;
    const { body } = await ask(sandbox, "listWebhookSubscriptions");
    expect(body).toEqual({ webhook_subscriptions: [] });
  });
});

describe("a value that is stored in place of the one sent", () => {
  const switches: Switches = {
    storedUrl: (url) => `${url}/`,
    storedEvents: (events) => events.slice(0, 1),
  };

  test("is answered, listed, and delivered to", async () => {
    const sandbox = createSandbox({ switches, receivers: { [`${HOOK}/`]: () => new Response() } });
    const body = buildInput({ events: ["message.received", "message.read"] });
    const stored = { webhook_url: `${HOOK}/`, events: ["message.received"] };
    expect(await ask(sandbox, "createWebhookSubscription", { body })).toMatchObject({
      body: { webhook_subscription: stored },
    });
    expect(await ask(sandbox, "updateWebhookSubscription", { body })).toMatchObject({
      body: { webhook_subscription: stored },
    });
    expect(sandbox.subscriptions).toMatchObject([stored]);
    expect(await sandbox.emit("message.received")).toMatchObject([{ status: 200 }]);
  });
});

describe("a deletion", () => {
  test.each<[Switches, after: readonly object[], later: readonly object[]]>([
    [{}, [], []],
    [{ deletion: "now" }, [], []],
    [{ deletion: "soft" }, [{ active: false }], [{ active: false }]],
    [{ deletion: { afterRequests: 1 } }, [{ active: true }], []],
  ])("under %j: leaves %j, and a request later %j", async (switches, after, later) => {
    const sandbox = createSandbox({ switches });
    await subscribe(sandbox);
    expect((await ask(sandbox, "deleteWebhookSubscription")).status).toBe(204);
    expect(sandbox.subscriptions).toMatchObject(after);
    await ask(sandbox, "listWebhookSubscriptions");
    expect(sandbox.subscriptions).toMatchObject(later);
    expect(sandbox.subscriptions).toHaveLength(later.length);
  });
});

describe("a rate limit", () => {
  test("allows the given number of requests in any second, and sends `Retry-After`", async () => {
    let now = 0;
    const switches: Switches = { rateLimit: 2, retryAfter: 1 };
    const sandbox = createSandbox({ now: () => now, switches });
    const statuses: number[] = [];
    for (const at of [0, 600, 900, 999, 1_000, 1_100, 1_600]) {
      now = at;
      statuses.push((await ask(sandbox, "listWebhookSubscriptions")).status);
    }
    expect(statuses).toEqual([200, 200, 429, 429, 200, 429, 200]);
    const response = await sandbox.fetch(buildRequest("listWebhookSubscriptions"));
    expect(response.headers.get("retry-after")).toBe("1");
  });
});

describe("the body of a delivery", () => {
  const text = 'Zoë & 🏡 <b>"5/6"</b>, a: b\u007f\u2028';
  const data = { text, chat_handles: [] };

  /** The bytes that each encoder makes of the same data, according to its manual. */
  test.each<[Switches, string]>([
    [{}, '{"text":"Zoë & 🏡 <b>\\"5/6\\"</b>, a: b\u007f\u2028","n":1}'],
    [
      { bodySpelling: "rails" },
      '{"text":"Zoë \\u0026 🏡 \\u003cb\\u003e\\"5/6\\"\\u003c/b\\u003e, a: b\u007f\\u2028","n":1}',
    ],
    [
      { bodySpelling: "php" },
      '{"text":"Zo\\u00eb & \\ud83c\\udfe1 <b>\\"5\\/6\\"<\\/b>, a: b\u007f\\u2028","n":1}',
    ],
    [
      { bodySpelling: "python" },
      '{"text": "Zo\\u00eb & \\ud83c\\udfe1 <b>\\"5/6\\"</b>, a: b\\u007f\\u2028", "n": 1}',
    ],
  ])("under %j is written as %s", async ({ bodySpelling = "javascript" }, expected) => {
    const spell = JSON_SPELLINGS[bodySpelling];
    expect(spell(JSON.stringify({ text, n: 1 }))).toBe(expected);
    const sandbox = createSandbox({
      switches: { bodySpelling },
      receivers: { [HOOK]: () => new Response() },
    });
    await subscribe(sandbox, { secret: "a secret" });
    const [delivery] = await sandbox.emit("message.received", data);
    const { body = "", headers = {} } = delivery ?? {};
    const event = await unwrapEvent({ body, headers, secret: "a secret" });
    expect(event).toMatchObject({ event_type: "message.received", data });
    expect(body).toBe(spell(JSON.stringify(JSON.parse(body))));
  });
});
