import { describe, expect, test } from "vitest";
import { createSandbox, type Sandbox } from "../../src/sandbox/index.js";
import { buildInput, callApi, subscribe } from "./call-api.js";

describe("a frozen list", () => {
  const FREEZE = { kind: "freeze", times: Infinity } as const;

  async function list(sandbox: Sandbox): Promise<unknown> {
    return (await callApi(sandbox, "listWebhookSubscriptions")).body;
  }

  test("shows the old state until it is released", async () => {
    const sandbox = createSandbox();
    await subscribe(sandbox);
    const before = await list(sandbox);
    const thaw = sandbox.inject(FREEZE);
    await callApi(sandbox, "updateWebhookSubscription", { body: buildInput({ active: false }) });
    await subscribe(sandbox);
    expect(await list(sandbox)).toEqual(before);
    expect(await list(sandbox)).toEqual(before);
    expect(sandbox.subscriptions).toMatchObject([{ id: 1, active: false }, { id: 2 }]);
    thaw();
    expect(await list(sandbox)).toMatchObject({ webhook_subscriptions: [{ id: 1 }, { id: 2 }] });
  });

  test("from the beginning is empty", async () => {
    const sandbox = createSandbox({ faults: [FREEZE] });
    await subscribe(sandbox);
    expect(await list(sandbox)).toEqual({ webhook_subscriptions: [] });
    sandbox.reset();
    await subscribe(sandbox);
    expect(await list(sandbox)).toEqual({ webhook_subscriptions: [] });
  });

  test("does not affect other operations", async () => {
    const sandbox = createSandbox({ faults: [FREEZE] });
    expect(
      (await callApi(sandbox, "createWebhookSubscription", { body: buildInput() })).status,
    ).toBe(201);
    expect(sandbox.requests).toMatchObject([{ fault: undefined }]);
  });
});
