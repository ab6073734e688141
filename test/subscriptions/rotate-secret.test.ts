import { describe, expect, it } from "vitest";
import { type CallOptions, SecretLostError, SubscriptionNotFoundError } from "../../src/index.js";
import { verifySignature } from "../../src/receiver/index.js";
import type { Fault, SandboxOptions } from "../../src/sandbox/index.js";
import { bendFetch } from "../support/bend-fetch.js";
import { rejectionOf } from "../support/rejection.js";
import { createWorld, type World } from "../support/sandbox-client.js";

const webhook_url = "https://example.com/hook";
const OLD = "the old secret";
const NEW = "the new secret";
const TO_NEW = { webhook_url, secret: NEW };

/** 1 and 2: signed, at the URL; 3: inactive there; 4: at another URL. */
async function createFour(options: SandboxOptions = {}): Promise<World> {
  const receiver = (): Promise<Response> => Promise.resolve(new Response("ok"));
  const world = createWorld({ fetch: receiver, ...options });
  const { create } = world.linq.webhookSubscriptions;
  await create({ webhook_url, events: ["message.sent"], secret: OLD, version: 3 });
  await create({ webhook_url: `${webhook_url}#2`, events: ["message.read"], secret: OLD });
  await create({ webhook_url, events: ["call.completed"], secret: OLD, active: false });
  await create({ webhook_url: `${webhook_url}/2`, events: ["call.completed"], secret: OLD });
  return world;
}

/** The secret that signs the deliveries of each subscription, after inactive ones are activated. */
async function secretsOf({ sandbox, linq }: World): Promise<Record<number, string>> {
  const found: Record<number, string> = {};
  for (const { id, active } of sandbox.subscriptions) {
    if (!active) await linq.webhookSubscriptions.update(id, { active: true });
  }
  for (const event of ["message.sent", "message.read", "call.completed"] as const) {
    for (const { subscriptionId, signature, body } of await sandbox.emit(event)) {
      const known = [OLD, NEW].map(async (secret) =>
        (await verifySignature({ signature, body, secret })) ? [secret] : [],
      );
      found[subscriptionId] = (await Promise.all(known)).flat().join(" and ");
    }
  }
  return found;
}

describe("rotateSecret", () => {
  it("writes the secret to each active subscription of the URL, and to no other", async () => {
    const world = await createFour();
    const before = world.sandbox.subscriptions;
    const result = await world.linq.webhookSubscriptions.rotateSecret(TO_NEW);
    const written = world.sandbox.subscriptions.slice(0, 2);
    expect(result).toEqual({ outcome: "updated", subscriptions: written });
    expect(world.sandbox.subscriptions).toEqual(
      before.map((row, index) => ({
        ...row,
        updated_at: written[index]?.updated_at ?? row.updated_at,
      })),
    );
    expect(await secretsOf(world)).toEqual({ 1: NEW, 2: NEW, 3: OLD, 4: OLD });
  });

  it("reads the list before and after each write, and once more at the end", async () => {
    const world = await createFour();
    const before = world.methods().length;
    await world.linq.webhookSubscriptions.rotateSecret(TO_NEW);
    const each = ["GET", "PUT", "GET"];
    expect(world.methods().slice(before)).toEqual([...each, ...each, "GET"]);
  });

  it("sets a secret if there was none", async () => {
    const { linq, sandbox } = createWorld();
    await linq.webhookSubscriptions.create({ webhook_url, events: ["message.sent"] });
    await linq.webhookSubscriptions.rotateSecret(TO_NEW);
    expect(sandbox.subscriptions).toMatchObject([{ secret_configured: true }]);
  });

  it("leaves duplicates in place, with the new secret", async () => {
    const world = await createFour();
    const duplicate = {
      webhook_url,
      events: ["message.sent", "message.read"],
      secret: OLD,
    } as const;
    await world.linq.webhookSubscriptions.create(duplicate, { allowDuplicate: true });
    const { subscriptions } = await world.linq.webhookSubscriptions.rotateSecret(TO_NEW);
    expect(subscriptions.map(({ id }) => id)).toEqual([1, 2, 5]);
    expect(await secretsOf(world)).toMatchObject({ 1: NEW, 2: NEW, 5: NEW });
  });

  it("reaches a subscription that is added while it writes", async () => {
    const world = await createFour();
    let isAdded = false;
    const fetch = bendFetch(world.sandbox.fetch, async ({ method }, send) => {
      const response = await send();
      if (method !== "PUT" || isAdded) return response;
      isAdded = true;
      const late = { webhook_url, events: ["contact.created"], secret: OLD } as const;
      await world.linq.webhookSubscriptions.create(late);
      return response;
    });
    const { subscriptions } = await world
      .connect({ fetch })
      .webhookSubscriptions.rotateSecret(TO_NEW);
    expect(subscriptions.map(({ id }) => id)).toEqual([1, 2, 5]);
  });
});

describe("rotateSecret refuses, and writes nothing,", () => {
  it.each<[string, unknown, string, string]>([
    ["a secret that is not set", { webhook_url, secret: undefined }, "secret", "must be given"],
    ["no secret", { webhook_url }, "secret", "must be given"],
    ["an empty secret", { webhook_url, secret: "" }, "secret", "non-empty"],
    ["a masked secret", { webhook_url, secret: "********" }, "secret", "not a masked copy"],
    ["no URL", { secret: NEW }, "webhook_url", "an absolute URL"],
    ["a path", { webhook_url: "/hook", secret: NEW }, "webhook_url", "an absolute URL"],
    ["events", { ...TO_NEW, events: ["message.sent"] }, "input.events", "left out"],
    ["no object", webhook_url, "input", "an object with webhook_url, secret"],
  ])("%s", async (_what, input, field, expected) => {
    const { linq, methods } = createWorld();
    // What a program without types may pass.
    const call = linq.webhookSubscriptions.rotateSecret(input as typeof TO_NEW);
    const error = await rejectionOf(call);
    expect(error).toMatchObject({ code: "invalid_input", field });
    expect(String(error)).toContain(expected);
    expect(methods()).toEqual([]);
  });

  it("options that it does not have", async () => {
    const { linq, methods } = createWorld();
    // What a program without types may pass.
    const options = { allowDuplicate: true } as CallOptions;
    const error = await rejectionOf(linq.webhookSubscriptions.rotateSecret(TO_NEW, options));
    expect(error).toMatchObject({ code: "invalid_input", field: "options.allowDuplicate" });
    expect(methods()).toEqual([]);
  });

  it("a URL without an active subscription, and shows no key in it", async () => {
    const world = await createFour();
    const { rotateSecret, update } = world.linq.webhookSubscriptions;
    await update(4, { active: false });
    const before = world.methods().length;
    for (const [url, shown] of [
      [`${webhook_url}/2`, `${webhook_url}/2`],
      ["https://me:pass@example.com/?token=k3y", "https://***@example.com/?token=***"],
    ] as const) {
      const error = await rejectionOf(rotateSecret({ webhook_url: url, secret: NEW }));
      expect(error).toBeInstanceOf(SubscriptionNotFoundError);
      expect(error).toMatchObject({ code: "not_found", id: undefined, webhookUrl: shown });
      expect(String(error)).toContain(
        `there is no active webhook subscription to ${shown} that this token can see; \`list()\``,
      );
    }
    expect(world.methods().slice(before)).toEqual(["GET", "GET"]);
  });
});

describe("rotateSecret, when a write fails,", () => {
  const write = { operation: "updateWebhookSubscription", times: Infinity } as const;

  it.each<[string, Fault, string]>([
    ["before it is carried out", { kind: "reset", ...write }, "connection_error"],
    ["after it was carried out", { kind: "reset", write: "done", ...write }, "connection_error"],
    ["and is refused", { kind: "status", status: 422, ...write }, "api_error"],
    [
      "at the second subscription",
      { kind: "status", status: 403, when: ({ path }) => path.endsWith("/2"), ...write },
      "api_error",
    ],
  ])("%s, throws the error, and does the rest when called again", async (_when, fault, code) => {
    const world = await createFour();
    const { rotateSecret } = world.linq.webhookSubscriptions;
    const takeBack = world.sandbox.inject(fault);
    expect(await rejectionOf(rotateSecret(TO_NEW))).toMatchObject({ code });
    takeBack();
    await rotateSecret(TO_NEW);
    expect(await secretsOf(world)).toEqual({ 1: NEW, 2: NEW, 3: OLD, 4: OLD });
  });

  it("repeats a write that was lost, and succeeds", async () => {
    const world = await createFour();
    world.sandbox.inject({ kind: "reset", ...write, times: 1 });
    await world.linq.webhookSubscriptions.rotateSecret(TO_NEW);
    expect(await secretsOf(world)).toEqual({ 1: NEW, 2: NEW, 3: OLD, 4: OLD });
  });

  it("names the subscription that has lost its secret", async () => {
    const world = await createFour();
    const fetch = bendFetch(world.sandbox.fetch, async ({ method }, send) => {
      const response = await send();
      if (method !== "PUT") return response;
      const { webhook_subscription } = (await response.json()) as { webhook_subscription: object };
      return Response.json({
        webhook_subscription: { ...webhook_subscription, secret_configured: false },
      });
    });
    const { rotateSecret } = world.connect({ fetch }).webhookSubscriptions;
    const error = await rejectionOf(rotateSecret(TO_NEW));
    expect(error).toBeInstanceOf(SecretLostError);
    expect(error).toMatchObject({ id: 1 });
  });

  it("names the subscription that was deleted before its turn", async () => {
    const world = await createFour();
    const fetch = bendFetch(world.sandbox.fetch, async ({ method, url }, send) => {
      if (method === "PUT" && url.pathname.endsWith("/2"))
        await world.linq.webhookSubscriptions.delete(2);
      return send();
    });
    const { rotateSecret } = world.connect({ fetch }).webhookSubscriptions;
    expect(await rejectionOf(rotateSecret(TO_NEW))).toMatchObject({ code: "not_found", id: 2 });
    expect(await secretsOf(world)).toMatchObject({ 1: NEW });
  });
});
