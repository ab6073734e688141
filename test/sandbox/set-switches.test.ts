import { describe, expect, test } from "vitest";
import { InvalidInputError } from "../../src/errors/invalid-input-error.js";
import { createSandbox } from "../../src/sandbox/index.js";
import { buildInput, callApi, HOOK, subscribe } from "./call-api.js";

describe("a switch that is set while the sandbox runs", () => {
  test("applies from the next request on, and the others stay", async () => {
    const sandbox = createSandbox({ switches: { errorShape: "list" } });
    await subscribe(sandbox);
    sandbox.setSwitches({ twins: "409" });
    expect(sandbox.switches).toMatchObject({ twins: "409", errorShape: "list" });
    const { status } = await callApi(sandbox, "createWebhookSubscription", { body: buildInput() });
    expect(status).toBe(409);
  });

  test("applies to deliveries", async () => {
    const sandbox = createSandbox({ receivers: { [HOOK]: () => new Response() } });
    await subscribe(sandbox);
    await subscribe(sandbox);
    sandbox.setSwitches({ twinEventIds: "different" });
    const ids = (await sandbox.emit("message.received")).map(({ event_id }) => event_id);
    expect(new Set(ids).size).toBe(2);
  });

  test("makes the list lag from then on, and catch up again", async () => {
    let time = 0;
    const sandbox = createSandbox({ now: () => time });
    const list = async (): Promise<unknown> =>
      (await callApi(sandbox, "listWebhookSubscriptions")).body;
    await subscribe(sandbox);
    sandbox.setSwitches({ listLag: 1_000 });
    await subscribe(sandbox);
    expect(await list()).toMatchObject({ webhook_subscriptions: [{ id: 1 }] });
    time = 1_000;
    expect(await list()).toMatchObject({ webhook_subscriptions: [{ id: 1 }, { id: 2 }] });
    await subscribe(sandbox);
    sandbox.setSwitches({ listLag: 0 });
    expect(await list()).toMatchObject({ webhook_subscriptions: [{}, {}, { id: 3 }] });
  });

  test("limits the rate until it is unset", async () => {
    const sandbox = createSandbox({ now: () => 0 });
    const ask = async (): Promise<number> =>
      (await callApi(sandbox, "listWebhookSubscriptions")).status;
    sandbox.setSwitches({ rateLimit: 1 });
    expect([await ask(), await ask()]).toEqual([200, 429]);
    sandbox.setSwitches({ rateLimit: undefined });
    expect([await ask(), await ask()]).toEqual([200, 200]);
  });

  test("has the value of the options again after a reset", () => {
    const sandbox = createSandbox({ switches: { redelivery: 3 } });
    sandbox.setSwitches({ redelivery: 1, twins: "422" });
    sandbox.reset();
    expect(sandbox.switches).toMatchObject({ redelivery: 3, twins: "accept" });
  });

  test.each<[object, string]>([
    [{ twins: "maybe" }, "switches.twins"],
    [{ redelivery: -1 }, "switches.redelivery"],
    [{ nonsense: true }, "switches.nonsense"],
  ])("is refused when it is invalid: %j", (changes, field) => {
    const sandbox = createSandbox();
    const before = sandbox.switches;
    let error: unknown;
    try {
      sandbox.setSwitches({ errorShape: "list", ...changes });
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(InvalidInputError);
    expect((error as InvalidInputError).field).toBe(field);
    expect(sandbox.switches).toEqual(before);
  });
});
