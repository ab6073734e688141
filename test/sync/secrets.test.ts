import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { createLinqClient, InvalidInputError } from "../../src/index.js";
import { applySync, type DesiredSubscription, type SyncProgress } from "../../src/sync/index.js";
import { bendFetch } from "../support/bend-fetch.js";
import { createSyncWorld, type Given } from "../support/sync-world.js";
import { visibleText } from "../support/visible-text.js";
import { withoutLock } from "../support/sandbox-client.js";
import { createFastClock } from "../support/fast-clock.js";
import { composeClient } from "../../src/client.js";

const webhook_url = "https://example.com/hook";
const secret = "a-secret-of-the-tests";
const another = "another-secret-of-the-tests";
const entry: Given = { webhook_url, events: ["message.sent"] };
const signed: Given = { webhook_url, events: ["message.sent"], secret };

describe.each(["keep", "clear"] as const)("where a PUT without secret would %s it", (outcome) => {
  const options = { switches: { putWithoutSecret: outcome } };

  it.each<[string, Partial<Given>]>([
    ["events", { events: ["message.read"] }],
    ["version", { version: 1 }],
    ["active", { active: false }],
  ])("a change of %s sends the secret along", async (_what, over) => {
    const { sync, plan, sandbox, writes } = await createSyncWorld(
      [{ ...signed, ...over }],
      options,
    );
    const { failed } = await sync([{ ...entry, secret }]);
    expect(failed).toEqual([]);
    expect(sandbox.subscriptions).toMatchObject([{ secret_configured: true }]);
    expect(writes).toMatchObject([{ body: { webhook_subscription: { secret } } }]);
    expect((await plan([{ ...entry, secret }])).steps).toMatchObject([{ action: "keep" }]);
  });

  it("an entry without a secret cannot change a signed one, and no PUT is sent", async () => {
    const given: Given[] = [
      { ...signed, events: ["message.read"] },
      { ...signed, events: ["message.received"] },
    ];
    const { sync, sandbox, writes } = await createSyncWorld(given, options);
    const other = { ...entry, webhook_url: "https://example.com/other" };
    const { done, failed, pending } = await sync([other, entry]);
    expect(done).toMatchObject([{ action: "create" }]);
    expect(failed).toMatchObject([{ step: { action: "update", needsSecret: true } }]);
    expect(failed[0]?.error).toBeInstanceOf(InvalidInputError);
    expect(failed[0]?.error).toMatchObject({ field: "desired[1].secret" });
    expect(String(failed[0]?.error)).toContain("any new one will do");
    expect(pending).toMatchObject([{ action: "delete" }]);
    expect(writes.map(({ method }) => method)).toEqual(["POST"]);
    expect(sandbox.subscriptions.slice(0, 2)).toMatchObject([
      { secret_configured: true, events: ["message.read"] },
      { secret_configured: true, events: ["message.received"] },
    ]);
  });

  it("an entry without a secret keeps a signed one that is otherwise as declared", async () => {
    const { sync, writes } = await createSyncWorld([signed], options);
    await sync([entry]);
    expect(writes).toEqual([]);
  });

  it("an entry without a secret deletes unsigned duplicates of the signed lowest one", async () => {
    const { sync, sandbox } = await createSyncWorld([signed, entry], options);
    const { failed } = await sync([entry]);
    expect(failed).toEqual([]);
    expect(sandbox.subscriptions).toMatchObject([{ id: 1, secret_configured: true }]);
  });

  it("an entry without a secret fails if only the duplicate is signed, and says why", async () => {
    const { sync, sandbox, writes } = await createSyncWorld([entry, signed], options);
    const { failed, pending } = await sync([entry]);
    expect(failed).toMatchObject([
      { error: { code: "invalid_input", field: "desired[0].secret" } },
    ]);
    expect(String(failed[0]?.error)).toContain("webhook subscription 1, which stays, has none");
    expect(pending).toHaveLength(1);
    expect(writes).toEqual([]);
    expect(sandbox.subscriptions).toHaveLength(2);
  });

  it("an entry with a secret signs the lowest one, and deletes the signed duplicate", async () => {
    const { sync, sandbox } = await createSyncWorld([entry, signed], options);
    const { failed } = await sync([{ ...entry, secret }]);
    expect(failed).toEqual([]);
    expect(sandbox.subscriptions).toMatchObject([{ id: 1, secret_configured: true }]);
  });

  it("a new secret is written once, on demand", async () => {
    const { sync, writes } = await createSyncWorld([signed], options);
    const desired = [{ ...entry, secret: another }];
    await sync(desired);
    expect(writes).toEqual([]);
    await sync(desired, { rotateSecrets: true });
    expect(writes).toMatchObject([
      { method: "PUT", body: { webhook_subscription: { secret: another } } },
    ]);
    await sync(desired);
    expect(writes).toHaveLength(1);
  });

  it("a move sends the secret along", async () => {
    const { sync, sandbox, writes } = await createSyncWorld([signed], options);
    const moved = { ...entry, webhook_url: "https://example.com/new", replaces: [webhook_url] };
    await sync([{ ...moved, secret }]);
    expect(sandbox.subscriptions).toMatchObject([
      { id: 1, webhook_url: "https://example.com/new", secret_configured: true },
    ]);
    expect(writes).toHaveLength(1);
  });

  it("a secret set during the run is not seen, and lost only if the server clears it", async () => {
    const given: Given = { ...entry, events: ["message.read"] };
    const { plan, linq, sandbox, writes } = await createSyncWorld([given], options);
    const prepared = await plan([entry]);
    // Another client adds a secret just before the PUT, which does not know of it.
    const fetch = bendFetch(sandbox.fetch, async ({ method, nth }, send) => {
      if (method === "PUT" && nth === 1) await linq.webhookSubscriptions.update(1, { secret });
      return send();
    });
    const disturbed = composeClient(
      { token: "any-token", fetch, lock: withoutLock },
      createFastClock(),
    );
    const { failed } = await applySync(disturbed, prepared);
    expect(writes).toHaveLength(1);
    const isLost = outcome === "clear";
    // The list behind the write showed no secret, so nothing indicates that there was one.
    expect(failed).toEqual([]);
    expect(sandbox.subscriptions).toMatchObject([{ secret_configured: !isLost }]);
  });
});

it("adds a missing secret to a subscription, and creates new ones with theirs", async () => {
  const { sync, sandbox, plan } = await createSyncWorld([entry]);
  const desired = [
    { ...entry, secret },
    { ...entry, webhook_url: "https://example.com/new", secret },
  ];
  await sync(desired);
  expect(sandbox.subscriptions.map(({ secret_configured }) => secret_configured)).toEqual([
    true,
    true,
  ]);
  expect((await plan(desired)).steps.map(({ action }) => action)).toEqual(["keep", "keep"]);
});

describe("a secret is not visible", () => {
  const desired: DesiredSubscription[] = [
    { ...entry, secret },
    { ...entry, webhook_url: "https://example.com/new", secret: another },
    {
      ...entry,
      webhook_url: "https://example.com/moved",
      secret,
      replaces: ["https://example.com/old*"],
    },
  ];
  const given: Given[] = [
    { ...signed, events: ["message.read"] },
    { ...signed },
    { ...signed, webhook_url: "https://example.com/old" },
  ];

  function expectHidden(value: unknown): void {
    const shown = [visibleText(value), inspect(value, { showProxy: true }), String(value)].join();
    expect(shown).not.toContain(secret);
    expect(shown).not.toContain(another);
  }

  it("in a plan, its result and its progress", async () => {
    const { plan, linq } = await createSyncWorld(given);
    const prepared = await plan(desired, { rotateSecrets: true });
    expectHidden(prepared);
    const told: SyncProgress[] = [];
    const result = await applySync(linq, prepared, {
      onProgress: (progress) => told.push(progress),
    });
    expect(result.done).toHaveLength(4);
    expectHidden(prepared);
    expectHidden(result);
    expectHidden(told);
  });

  it("in the errors of a server that echoes requests", async () => {
    const { plan, sandbox } = await createSyncWorld(given);
    const prepared = await plan(desired);
    const fetch = bendFetch(sandbox.fetch, ({ method, body }, send) =>
      method === "GET" ? send() : Response.json({ message: JSON.stringify(body) }, { status: 422 }),
    );
    const result = await applySync(createLinqClient({ token: "any-token", fetch }), prepared);
    expect(result.failed).toHaveLength(2);
    expectHidden(result);
  });

  it("in the error for a stale plan, or for a value that is not a plan", async () => {
    const { plan, linq } = await createSyncWorld(given);
    const prepared = await plan(desired);
    await linq.webhookSubscriptions.delete(2);
    expectHidden(await applySync(linq, prepared).catch((error: unknown) => error));
    expectHidden(await applySync(linq, { ...prepared }).catch((error: unknown) => error));
  });
});
