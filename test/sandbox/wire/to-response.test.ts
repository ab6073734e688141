import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { createSandbox, type Fault } from "../../../src/sandbox/index.js";
import { rejectionOf } from "../../support/rejection.js";
import { buildRequest } from "../call-api.js";

const STALLS: [name: string, Fault][] = [
  ["headers", { kind: "stall", part: "headers" }],
  ["body", { kind: "stall", part: "body" }],
];

/** Requests a list with a fault, and reads the answer to its end. */
async function list(fault: Fault, signal?: AbortSignal): Promise<string> {
  const { fetch } = createSandbox({ faults: [fault] });
  const init = signal && { signal };
  return (await fetch(buildRequest("listWebhookSubscriptions"), init)).text();
}

describe("sandbox.fetch", () => {
  test.each<[Fault, message: string, cause: string, code: string]>([
    [{ kind: "reset" }, "fetch failed", "read ECONNRESET", "ECONNRESET"],
    [{ kind: "truncate" }, "terminated", "other side closed", "UND_ERR_SOCKET"],
  ])("fails as Node's does for %j", async (fault, message, cause, code) => {
    const error = await rejectionOf(list(fault));
    expect(error).toBeInstanceOf(TypeError);
    expect(error).toMatchObject({ message, cause: { message: cause, code } });
  });

  test("returns half of a body before the connection breaks", async () => {
    const { fetch } = createSandbox({ faults: [{ kind: "truncate" }] });
    const { body } = await fetch(buildRequest("listWebhookSubscriptions"));
    const reader = body?.getReader();
    const whole = '{"webhook_subscriptions":[]}';
    const chunk = await reader?.read();
    expect(new TextDecoder().decode(chunk?.value)).toBe(whole.slice(0, whole.length / 2));
    await expect(reader?.read()).rejects.toThrow("terminated");
  });
});

describe.each(STALLS)("a stalled answer: %s", (_name, fault) => {
  test("ends with the reason of the signal", async () => {
    const controller = new AbortController();
    const rejection = rejectionOf(list(fault, controller.signal));
    await new Promise(setImmediate); // All that can happen without the signal has happened now.
    const reason = { any: "value" };
    controller.abort(reason);
    expect(await rejection).toBe(reason);
  });

  test("ends even when only the signal still refers to it", async () => {
    // A request that has been collected would never receive the abort.
    setFlagsFromString("--expose-gc");
    const collectGarbage = runInNewContext("gc") as () => void; // That is what the flag exposes.
    const controller = new AbortController();
    const rejection = rejectionOf(list(fault, controller.signal));
    for (let round = 0; round < 3; round++) {
      await new Promise(setImmediate);
      collectGarbage();
    }
    controller.abort("gave up");
    expect(await rejection).toBe("gave up");
  });
});

test("a stalled body ends when it is cancelled", async () => {
  const { fetch } = createSandbox({ faults: [{ kind: "stall" }] });
  const { body } = await fetch(buildRequest("listWebhookSubscriptions"));
  const reader = body?.getReader();
  await reader?.read();
  const next = reader?.read();
  await reader?.cancel();
  expect(await next).toEqual({ done: true, value: undefined });
});
