import { describe, expect, test } from "vitest";
import { createSandbox, type SandboxSwitches } from "../../src/sandbox/index.js";
import { buildInput, HOOK, subscribe } from "./call-api.js";
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

describe("an event that twins receive", () => {
  test.each<[Switches, number]>([
    [{}, 1],
    [{ twinEventIds: "same" }, 1],
    [{ twinEventIds: "different" }, 2],
  ])("under %j: has so many ids: %i", async (switches, count) => {
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
  ])("under %j: is a deletion answered by %i, and an update by 404", async (switches, status) => {
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
  ])("under %j: is a creation answered by %i, an update by %i", async (switches, ...statuses) => {
    const sandbox = createSandbox({ switches });
    await subscribe(sandbox);
    const created = await ask(sandbox, "createWebhookSubscription", { body: BAD });
    const updated = await ask(sandbox, "updateWebhookSubscription", { body: BAD });
    expect([created.status, updated.status]).toEqual(statuses);
  });

  test("that is accepted is stored as it is, listed, and not delivered to", async () => {
    const sandbox = createSandbox({ switches: { invalidInput: "accept" } });
    await ask(sandbox, "createWebhookSubscription", { body: BAD });
    expect(sandbox.subscriptions).toMatchObject([BAD.webhook_subscription]);
    expect((await ask(sandbox, "listWebhookSubscriptions")).body).toMatchObject({
      webhook_subscriptions: [BAD.webhook_subscription],
    });
    expect(await sandbox.emit("message.edited")).toMatchObject([{ status: undefined }]);
  });

  test.each([{ events: [1] }, { events: "message.read" }, { webhook_url: 1 }, { version: "2" }])(
    "of a wrong type is refused all the same: %j",
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
  ])("under %j: is a creation answered by %i, an update by %i", async (switches, ...statuses) => {
    const sandbox = createSandbox({ switches });
    await subscribe(sandbox); // A wrapped one is taken under all.
    const created = await ask(sandbox, "createWebhookSubscription", { body: UNWRAPPED });
    const updated = await ask(sandbox, "updateWebhookSubscription", { body: UNWRAPPED });
    expect([created.status, updated.status]).toEqual(statuses);
  });

  test.each([[{}], [[]], [null], ["x"]])("that is %j is refused under both", async (body) => {
    const sandbox = createSandbox({ switches: { unwrappedBody: "accept" } });
    const text = JSON.stringify(body);
    expect((await ask(sandbox, "createWebhookSubscription", { body: text })).status).toBe(422);
  });
});
