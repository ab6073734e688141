import { describe, expect, test } from "vitest";
import { OPERATIONS } from "../../../generated/operations.js";
import { createSandbox, type Sandbox } from "../../../src/sandbox/index.js";
import { isOwn } from "../../../src/sandbox/api/handlers.js";
import type { OperationId } from "../../../src/sandbox/api/router.js";
import { type ApiAnswer, buildInput, callApi, HOOK, subscribe } from "../call-api.js";
import { findObjections } from "../find-objections.js";

const AT = Date.UTC(2025, 4, 21, 21, 30);
const LATER = AT + 1000;

/** What the API returns for the subscription that `buildInput` describes. */
const CREATED = {
  id: 1,
  webhook_url: HOOK,
  version: 2,
  events: ["message.received"],
  active: true,
  secret_configured: false,
  last_delivered_at: null,
  delivery_attempts: 0,
  created_at: "2025-05-21T21:30:00.000Z",
  updated_at: "2025-05-21T21:30:00.000Z",
};

describe("the four operations", () => {
  test("list nothing at first", async () => {
    expect(await callApi(createSandbox(), "listWebhookSubscriptions")).toEqual({
      status: 200,
      body: { webhook_subscriptions: [] },
    });
  });

  test("create a subscription with every field of the document", async () => {
    const answer = await callApi(createSandbox({ now: () => AT }), "createWebhookSubscription", {
      body: buildInput(),
    });
    expect(answer).toEqual({ status: 201, body: { webhook_subscription: CREATED } });
  });

  test("assign ascending ids from 1, and never reuse one", async () => {
    const sandbox = createSandbox();
    await subscribe(sandbox);
    await subscribe(sandbox);
    await callApi(sandbox, "deleteWebhookSubscription", { id: "2" });
    await subscribe(sandbox);
    expect(sandbox.subscriptions.map(({ id }) => id)).toEqual([1, 3]);
  });

  test("create identical duplicates without complaint", async () => {
    const sandbox = createSandbox({ now: () => AT });
    await subscribe(sandbox);
    await subscribe(sandbox);
    expect(sandbox.subscriptions).toEqual([CREATED, { ...CREATED, id: 2 }]);
  });

  test("update replaces the given fields, and otherwise changes only updated_at", async () => {
    let time = AT;
    const sandbox = createSandbox({ now: () => time });
    await subscribe(sandbox);
    time = LATER;
    const webhook_url = "http://127.0.0.1:3000/other";
    const answer = await callApi(sandbox, "updateWebhookSubscription", {
      body: buildInput({ webhook_url, events: ["message.read"], active: false, secret: "s" }),
    });
    const updated = {
      ...CREATED,
      webhook_url,
      events: ["message.read"],
      active: false,
      secret_configured: true,
      updated_at: new Date(LATER).toISOString(),
    };
    expect(answer).toEqual({ status: 200, body: { webhook_subscription: updated } });
    expect(sandbox.subscriptions).toEqual([updated]);
  });

  test("update keeps the secret and `active` that a request leaves out", async () => {
    const sandbox = createSandbox();
    await subscribe(sandbox, { secret: "s", active: false });
    await callApi(sandbox, "updateWebhookSubscription", { body: buildInput() });
    expect(sandbox.subscriptions).toMatchObject([{ secret_configured: true, active: false }]);
  });

  test("delete answers 204 without a body, and 404 the second time", async () => {
    const sandbox = createSandbox();
    await subscribe(sandbox);
    const first = await callApi(sandbox, "deleteWebhookSubscription");
    expect(first).toEqual({ status: 204, body: undefined });
    expect(sandbox.subscriptions).toEqual([]);
    expect(await callApi(sandbox, "deleteWebhookSubscription")).toMatchObject({ status: 404 });
  });

  test("ignore fields of a body that the document does not describe", async () => {
    const sandbox = createSandbox();
    await subscribe(sandbox, { id: 99, delivery_attempts: 7, created_at: "yesterday", extra: 1 });
    expect(sandbox.subscriptions).toMatchObject([{ id: 1, delivery_attempts: 0 }]);
    expect(Object.keys(sandbox.subscriptions[0] ?? {}).sort()).toEqual(Object.keys(CREATED).sort());
  });

  test("treat an empty secret as no secret", async () => {
    const sandbox = createSandbox();
    await subscribe(sandbox, { secret: "" });
    expect(sandbox.subscriptions).toMatchObject([{ secret_configured: false }]);
  });

  test("carry out concurrent requests one after the other", async () => {
    const sandbox = createSandbox();
    await Promise.all(Array.from({ length: 50 }, () => subscribe(sandbox)));
    const ids = sandbox.subscriptions.map(({ id }) => id);
    expect(ids).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  });
});

describe("the answers are what the document allows", () => {
  test.each((Object.keys(OPERATIONS) as OperationId[]).filter(isOwn))("%s", async (operation) => {
    const sandbox = createSandbox();
    await subscribe(sandbox, { secret: "s" });
    await subscribe(sandbox, { events: [] });
    await sandbox.emit("message.received");
    const answer = await callApi(sandbox, operation, answerableRequest(operation));
    expect(answer.status).toBe(OPERATIONS[operation].status);
    expect(findObjections(operation, answer)).toEqual([]);
  });

  test("and the check notices a wrong answer", async () => {
    const { body } = await listOf(createSandbox());
    expect(findObjections("createWebhookSubscription", { status: 201, body })).not.toEqual([]);
  });
});

function listOf(sandbox: Sandbox): Promise<ApiAnswer> {
  return callApi(sandbox, "listWebhookSubscriptions");
}

function answerableRequest(operation: OperationId): { body?: object } {
  return OPERATIONS[operation].body ? { body: buildInput() } : {};
}
