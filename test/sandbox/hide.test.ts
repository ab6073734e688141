import { describe, expect, test } from "vitest";
import { createSandbox, type Sandbox } from "../../src/sandbox/index.js";
import { buildInput, callApi, HOOK, subscribe } from "./call-api.js";

describe("a hidden subscription", () => {
  const HIDE = { kind: "hide", requests: 2 } as const;

  /** The ids that the API lists now. */
  async function listIds(sandbox: Sandbox): Promise<number[]> {
    const { body } = await callApi(sandbox, "listWebhookSubscriptions");
    const list = body as { webhook_subscriptions: { id: number }[] }; // Schema checked elsewhere.
    return list.webhook_subscriptions.map(({ id }) => id);
  }

  test("is listed after the given number of further requests, later than higher ids", async () => {
    const sandbox = createSandbox({ faults: [HIDE] });
    await subscribe(sandbox); // 1, hidden
    await subscribe(sandbox); // 2
    expect(await listIds(sandbox)).toEqual([2]);
    expect(await listIds(sandbox)).toEqual([1, 2]);
  });

  test("still exists: it delivers, and can be updated and deleted", async () => {
    const receivers = { [HOOK]: () => new Response() };
    const sandbox = createSandbox({ receivers, faults: [{ ...HIDE, requests: 100 }] });
    await subscribe(sandbox);
    expect(await listIds(sandbox)).toEqual([]);
    expect(sandbox.subscriptions).toMatchObject([{ id: 1 }]);
    expect(await sandbox.emit("message.received")).toHaveLength(1);
    const updated = await callApi(sandbox, "updateWebhookSubscription", { body: buildInput() });
    expect(updated.status).toBe(200);
    expect(await listIds(sandbox)).toEqual([]);
    expect((await callApi(sandbox, "deleteWebhookSubscription")).status).toBe(204);
    expect(sandbox.subscriptions).toEqual([]);
  });

  test("is listed immediately after settle", async () => {
    const sandbox = createSandbox({ faults: [{ ...HIDE, requests: 100 }] });
    await subscribe(sandbox);
    sandbox.settle();
    expect(await listIds(sandbox)).toEqual([1]);
  });

  test("is always one whose creation succeeded", async () => {
    const sandbox = createSandbox();
    await subscribe(sandbox);
    sandbox.inject({ ...HIDE, times: 2 });
    await callApi(sandbox, "updateWebhookSubscription", { body: buildInput() });
    expect((await callApi(sandbox, "createWebhookSubscription", { body: {} })).status).toBe(422);
    expect(await listIds(sandbox)).toEqual([1]);
    await subscribe(sandbox);
    expect(await listIds(sandbox)).toEqual([1]);
  });
});
