import { afterEach, describe, expect, it } from "vitest";
import { checkKeys } from "../../src/checks/check-keys.js";
import { ownMembers } from "../../src/checks/own-members.js";
import { createLinqClient, type LinqClient } from "../../src/index.js";
import {
  createMemoryStore,
  createReceiver,
  signBody,
  unwrapEvent,
  verifySignature,
} from "../../src/receiver/index.js";
import { createEvent, createSandbox } from "../../src/sandbox/index.js";
import { applySync, planSync } from "../../src/sync/index.js";
import { rejectionOf, thrownBy } from "../support/rejection.js";

const polluted: string[] = [];

/** Adds members to the prototype of every object until the test ends. */
function pollute(members: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(members)) {
    polluted.push(name);
    Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true });
  }
}

afterEach(() => {
  for (const name of polluted.splice(0)) Reflect.deleteProperty(Object.prototype, name);
});

it("copies only the object's own members, and writes nothing", () => {
  pollute({ stranger: 1 });
  const given = Object.freeze({ own: 1 });
  for (const copy of [ownMembers(given), checkKeys("options", given, ["own"])]) {
    expect(Object.entries(copy)).toEqual([["own", 1]]);
    expect("stranger" in copy).toBe(false);
    expect("toString" in copy).toBe(false);
  }
});

const SECRET = "a secret of our own";
const BODY = JSON.stringify(createEvent("message.received"));
const UNSIGNED = { body: BODY, headers: {} };

describe("a polluted Object.prototype", () => {
  it("does not make the receiver accept an unsigned delivery", async () => {
    pollute({
      allowUnsigned: true,
      secret: SECRET,
      maxAge: 1,
      signature: await signBody(BODY, SECRET),
    });
    const receiver = createReceiver({ secret: "another secret" });
    expect(await receiver.receive(UNSIGNED)).toMatchObject({ status: 401 });
    expect(await rejectionOf(unwrapEvent({ ...UNSIGNED, secret: SECRET }))).toMatchObject({
      reason: "missing",
    });
    expect(thrownBy(() => createReceiver({} as never))).toMatchObject({ field: "secret" });
    expect(await rejectionOf(unwrapEvent(UNSIGNED as never))).toMatchObject({ field: "secret" });
    const signed = { body: BODY, signature: undefined, secret: SECRET };
    expect(await verifySignature(signed)).toBe(false);
    expect(
      await rejectionOf(verifySignature({ body: BODY, signature: "" } as never)),
    ).toMatchObject({ field: "secret" });
  });

  it("does not change what a client sends, or where", async () => {
    const seen: string[] = [];
    const sandbox = createSandbox();
    const linq: LinqClient = createLinqClient({
      token: "the-token",
      fetch: async (input, init) => {
        seen.push(new Request(input).url);
        return sandbox.fetch(input, init);
      },
    });
    pollute({
      baseUrl: "https://evil.example",
      token: "another-token",
      secret: SECRET,
      allowDuplicate: true,
      active: false,
      version: 7,
      maxRetries: -1,
      timeout: 0,
      signal: AbortSignal.abort(),
      dangerouslyAllowBrowser: true,
      rotateSecrets: true,
      prune: true,
      scope: ["https://example.com/"],
      concurrency: 0,
      receivers: 1,
      switches: 1,
      kind: "reset",
    });
    const input = {
      webhook_url: "https://example.com/hook",
      events: ["message.received"],
    } as const;
    await linq.webhookSubscriptions.ensure({ ...input, events: [...input.events] });
    const again = createLinqClient({ token: "the-token", fetch: sandbox.fetch });
    const error = await rejectionOf(
      again.webhookSubscriptions.create({ ...input, events: [...input.events] }),
    );
    expect(error).toMatchObject({ code: "duplicate_subscription" });
    const plan = planSync([], await linq.webhookSubscriptions.list());
    expect((await applySync(linq, plan)).done).toEqual([]);
    expect(createSandbox().subscriptions).toEqual([]);
    expect(createEvent("message.received").event_type).toBe("message.received");
    expect(createMemoryStore({})).toBeTypeOf("object");
    expect(sandbox.subscriptions).toMatchObject([
      { active: true, version: 2, secret_configured: false },
    ]);
    expect(new Set(seen.map((url) => new URL(url).origin))).toEqual(
      new Set(["https://api.linqapp.com"]),
    );
  });
});
