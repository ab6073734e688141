import { describe, expect, it } from "vitest";
import {
  DuplicateSubscriptionError,
  type EventName,
  InvalidInputError,
  type LinqClient,
  SecretLostError,
} from "../../src/index.js";
import { signBody } from "../../src/receiver/sign-body.js";
import type { SandboxSwitches } from "../../src/sandbox/index.js";
import { bendFetch } from "../support/bend-fetch.js";
import { rejectionOf } from "../support/rejection.js";
import { createWorld, type World } from "../support/sandbox-client.js";

const webhook_url = "https://example.com/hook";
const secret = "a secret of the tests";

/** 1: signed message.sent; 2: signed message.sent and message.read; 3: unsigned message.sent. */
async function createThree(switches: Partial<SandboxSwitches>): Promise<World> {
  const world = createWorld({ switches, fetch: () => Promise.resolve(new Response("ok")) });
  const { create } = world.linq.webhookSubscriptions;
  const duplicate = { allowDuplicate: true };
  await create({ webhook_url, events: ["message.sent"], secret });
  await create({ webhook_url, events: ["message.sent", "message.read"], secret }, duplicate);
  await create({ webhook_url, events: ["message.sent"] }, duplicate);
  return world;
}

/** Whether each delivery of an event is signed with this secret. */
async function signaturesOf(
  { sandbox }: World,
  event: EventName,
  signedWith = secret,
): Promise<boolean[]> {
  const deliveries = await sandbox.emit(event);
  return Promise.all(
    deliveries.map(async ({ body, signature }) => signature === (await signBody(body, signedWith))),
  );
}

const SILENT: readonly [what: string, patch: Parameters<Update>[1]][] = [
  ["the version", { version: 3 }],
  ["the events", { events: ["message.sent", "call.completed"] }],
  ["the URL", { webhook_url: "https://example.com/elsewhere" }],
  ["whether it is active", { active: false }],
];

type Update = LinqClient["webhookSubscriptions"]["update"];

describe("a server whose PUT without a secret clears it", () => {
  const switches = { putWithoutSecret: "clear" } as const;

  it.each(SILENT)("makes an update of %s throw SecretLostError", async (_what, patch) => {
    const { linq, sandbox } = await createThree(switches);
    const error = await rejectionOf(linq.webhookSubscriptions.update(1, patch));
    expect(error).toBeInstanceOf(SecretLostError);
    expect(error).toMatchObject({ code: "secret_lost", id: 1 });
    // The change itself was made.
    expect(sandbox.subscriptions[0]).toMatchObject({ ...patch, secret_configured: false });
  });

  it("is also reported with `allowDuplicate`", async () => {
    const { linq } = await createThree(switches);
    const { update } = linq.webhookSubscriptions;
    const error = await rejectionOf(update(1, { version: 3 }, { allowDuplicate: true }));
    expect(error).toMatchObject({ code: "secret_lost", id: 1 });
  });

  it("is reported when the first PUT gets no answer and the second finds no secret", async () => {
    const world = await createThree(switches);
    world.sandbox.inject({ kind: "reset", operation: "updateWebhookSubscription", write: "done" });
    const error = await rejectionOf(world.linq.webhookSubscriptions.update(1, { version: 3 }));
    expect(error).toMatchObject({ code: "secret_lost", id: 1 });
  });

  it("is repaired by the update that the error names", async () => {
    const world = await createThree(switches);
    const { update } = world.linq.webhookSubscriptions;
    const error = await rejectionOf(update(2, { version: 3 }));
    expect(String(error)).toContain("`update(2, { secret })`");
    await update(2, { secret });
    expect(await signaturesOf(world, "message.read")).toEqual([true]);
  });
});

describe("a server whose PUT without a secret keeps it", () => {
  it.each(SILENT)("lets an update of %s keep the secret", async (_what, patch) => {
    const { linq, sandbox } = await createThree({ putWithoutSecret: "keep" });
    const written = await linq.webhookSubscriptions.update(1, patch);
    expect(written).toMatchObject({ ...patch, secret_configured: true });
    expect(sandbox.subscriptions[0]).toEqual(written);
  });
});

describe.each(["keep", "clear"] as const)("under either outcome (%s)", (putWithoutSecret) => {
  const switches = { putWithoutSecret };

  it.each(SILENT)("an update of %s with the secret signs as before", async (_what, patch) => {
    const { linq } = await createThree(switches);
    const written = await linq.webhookSubscriptions.update(1, { ...patch, secret });
    expect(written).toMatchObject({ ...patch, secret_configured: true });
  });

  it("an update with another secret signs with that one from then on", async () => {
    const world = await createThree(switches);
    await world.linq.webhookSubscriptions.update(2, { secret: "the next secret" });
    expect(await signaturesOf(world, "message.read", "the next secret")).toEqual([true]);
  });

  it("an update of an unsigned subscription needs no secret", async () => {
    const { linq } = await createThree(switches);
    const written = await linq.webhookSubscriptions.update(3, { version: 3 });
    expect(written).toMatchObject({ version: 3, secret_configured: false });
  });

  it("an update adds a secret to an unsigned subscription", async () => {
    const { linq } = await createThree(switches);
    const written = await linq.webhookSubscriptions.update(3, { secret });
    expect(written).toMatchObject({ secret_configured: true, version: 2 });
  });

  it("ensure with the secret trims a subscription that has only its own events", async () => {
    const world = await createThree(switches);
    const { outcome } = await world.linq.webhookSubscriptions.ensure({
      webhook_url,
      events: ["message.sent", "message.read"],
      secret,
    });
    expect(outcome).toBe("updated");
    expect(world.sandbox.subscriptions).toMatchObject([
      { id: 1, events: ["message.sent"], secret_configured: true },
      { id: 2, events: ["message.read"], secret_configured: true },
    ]);
    expect(await signaturesOf(world, "message.sent")).toEqual([true]);
    expect(await signaturesOf(world, "message.read")).toEqual([true]);
  });

  it.each([
    ["with the secret", { secret }],
    ["without the secret", {}],
  ])("ensure %s does not update one that also delivers other events", async (_what, own) => {
    const world = await createThree(switches);
    const before = world.sandbox.subscriptions;
    const error = await rejectionOf(
      world.linq.webhookSubscriptions.ensure({ webhook_url, events: ["message.sent"], ...own }),
    );
    expect(error).toBeInstanceOf(DuplicateSubscriptionError);
    expect(error).toMatchObject({
      existing: [{ id: 1 }, { id: 2 }],
      sharedEvents: ["message.sent"],
    });
    expect(world.methods()).not.toContain("PUT");
    expect(world.sandbox.subscriptions.slice(0, 2)).toEqual(before.slice(0, 2));
  });

  it("ensure without the secret keeps the version of a signed subscription", async () => {
    const world = createWorld({ switches });
    const { create, ensure } = world.linq.webhookSubscriptions;
    await create({ webhook_url, events: ["message.read"], secret });
    const error = await rejectionOf(ensure({ webhook_url, events: ["message.read"], version: 3 }));
    expect(error).toBeInstanceOf(InvalidInputError);
    expect(error).toMatchObject({ field: "secret" });
    expect(world.methods()).not.toContain("PUT");
  });

  it("ensure without a secret trims an unsigned subscription next to a signed one", async () => {
    const world = createWorld({ switches });
    const { create, ensure } = world.linq.webhookSubscriptions;
    await create({ webhook_url, events: ["message.sent"], secret });
    await create(
      { webhook_url, events: ["message.sent", "message.read"] },
      { allowDuplicate: true },
    );
    await ensure({ webhook_url, events: ["message.sent"] });
    expect(world.sandbox.subscriptions).toMatchObject([
      { id: 1, events: ["message.sent"], secret_configured: true },
      { id: 2, events: ["message.read"], secret_configured: false },
    ]);
  });

  it("ensure writes its secret to a covering subscription, not to a trimmed one", async () => {
    const world = createWorld({ switches });
    const { create, ensure } = world.linq.webhookSubscriptions;
    await create({ webhook_url, events: ["message.sent"] });
    await create(
      { webhook_url, events: ["message.sent", "message.read"] },
      { allowDuplicate: true },
    );
    await ensure({ webhook_url, events: ["message.sent"], secret });
    expect(world.sandbox.subscriptions).toMatchObject([
      { id: 1, events: ["message.sent"], secret_configured: true },
      { id: 2, events: ["message.read"], secret_configured: false },
    ]);
  });

  it("removeDuplicates, which only deletes, loses no secret", async () => {
    const world = await createThree(switches);
    await world.linq.webhookSubscriptions.removeDuplicates();
    expect(world.methods()).not.toContain("PUT");
    expect(world.sandbox.subscriptions).toMatchObject([
      { id: 1, secret_configured: true },
      { id: 2, secret_configured: true },
    ]);
  });
});

describe.each([
  { putWithoutActive: "keep", activeDefault: true },
  { putWithoutActive: "keep", activeDefault: false },
  { putWithoutActive: "activate", activeDefault: true },
  { putWithoutActive: "activate", activeDefault: false },
] as const)("a server with %o", (switches) => {
  const input = { webhook_url, events: ["message.sent"] } as const;

  it("stores a new subscription as active unless the caller says otherwise", async () => {
    const { linq } = createWorld({ switches });
    const { create, ensure } = linq.webhookSubscriptions;
    await expect(create({ ...input, active: false })).resolves.toMatchObject({ active: false });
    await expect(create(input)).resolves.toMatchObject({ active: true });
    const { subscriptions } = await ensure({ ...input, events: ["message.read"] });
    expect(subscriptions).toMatchObject([{ active: true }]);
  });

  it("leaves an inactive subscription inactive when it is updated", async () => {
    const { linq, sandbox } = createWorld({ switches });
    const { create, update } = linq.webhookSubscriptions;
    await create({ ...input, active: false });
    await expect(update(1, { version: 3, secret })).resolves.toMatchObject({ active: false });
    expect(sandbox.subscriptions).toMatchObject([{ active: false, version: 3 }]);
  });

  it("leaves an active subscription active when it is updated, by ensure too", async () => {
    const { linq, sandbox } = createWorld({ switches });
    const { create, ensure, update } = linq.webhookSubscriptions;
    await create(input);
    await update(1, { version: 3 });
    await ensure(input);
    expect(sandbox.subscriptions).toMatchObject([{ active: true, version: 2 }]);
  });
});

it("every write sends the version and whether the subscription is active", async () => {
  const world = createWorld();
  const sent: unknown[] = [];
  const fetch = bendFetch(world.sandbox.fetch, ({ body }, send) => {
    if (body !== undefined) sent.push(body);
    return send();
  });
  const { create, ensure, update } = world.connect({ fetch }).webhookSubscriptions;
  await create({ webhook_url, events: ["message.sent"] });
  await create({ webhook_url, events: ["message.sent"] }, { allowDuplicate: true });
  await create({ webhook_url, events: ["message.sent"], active: false, version: 1 });
  await ensure({ webhook_url, events: ["message.sent", "message.read"], secret });
  await update(3, { events: ["message.read"] });
  expect(sent).toMatchObject([
    { webhook_subscription: { active: true, version: 2 } },
    { webhook_subscription: { active: true, version: 2 } },
    { webhook_subscription: { active: false, version: 1 } },
    { webhook_subscription: { active: true, version: 2 } },
    { webhook_subscription: { active: true, version: 2 } },
    { webhook_subscription: { active: false, version: 1 } },
  ]);
});
