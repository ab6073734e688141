import { afterEach, describe, expect, test, vi } from "vitest";
import {
  createSandbox,
  type Fault,
  type Sandbox,
  type SandboxOptions,
} from "../../src/sandbox/index.js";
import { rejectionOf } from "../support/rejection.js";
import { buildInput, buildRequest, callApi, subscribe } from "./call-api.js";

const LATE_LOSS = (afterRequests: number): Fault => ({ kind: "reset", write: { afterRequests } });

/** Creates a subscription whose answer is lost. */
async function createInVain(sandbox: Sandbox, input?: object): Promise<void> {
  const sent = buildRequest("createWebhookSubscription", { body: buildInput(input) });
  expect(await rejectionOf(sandbox.fetch(sent))).toBeInstanceOf(TypeError);
}

function eventsOf({ subscriptions }: Sandbox): string[] {
  return subscriptions.map(({ events }) => events.join(" "));
}

afterEach(() => {
  vi.useRealTimers();
});

describe("latency", () => {
  /** Records how long to wait, and what was written by then. */
  function createObserved(fault: Fault, random?: () => number): [Sandbox, [number, string[]][]] {
    const waits: [number, string[]][] = [];
    const sleep: SandboxOptions["sleep"] = (ms) => {
      waits.push([ms, eventsOf(sandbox)]);
      return Promise.resolve();
    };
    const sandbox = createSandbox({ faults: [fault], sleep, random });
    return [sandbox, waits];
  }

  test.each<[where: "before" | "after" | undefined, written: string[]]>([
    [undefined, []],
    ["before", []],
    ["after", ["message.received"]],
  ])("with `where: %s` waits before or after the write accordingly", async (where, written) => {
    const [sandbox, waits] = createObserved({ kind: "latency", ms: 250, where });
    await subscribe(sandbox);
    expect(waits).toEqual([[250, written]]);
    expect(sandbox.requests).toMatchObject([{ status: 201, fault: "latency" }]);
  });

  test.each([
    [0, 100],
    [0.25, 125],
    [0.5, 150],
  ])("from a range is drawn evenly: %s gives %i ms", async (random, ms) => {
    const fault: Fault = { kind: "latency", ms: [100, 200] };
    const [sandbox, waits] = createObserved(fault, () => random);
    await subscribe(sandbox);
    expect(waits).toEqual([[ms, []]]);
  });

  test("uses the real clock and a random number by default", async () => {
    vi.useFakeTimers();
    const sandbox = createSandbox({ faults: [{ kind: "latency", ms: [100, 200] }] });
    const answered = vi.fn();
    const subscribed = subscribe(sandbox).then(answered);
    await vi.advanceTimersByTimeAsync(99);
    expect(answered).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(101);
    await subscribed;
    expect(vi.getTimerCount()).toBe(0);
  });

  test.each<["before" | "after", string[]]>([
    ["before", []],
    ["after", ["message.received"]],
  ])("%s: a client that gives up leaves %j, and no timer", async (where, written) => {
    vi.useFakeTimers();
    const sandbox = createSandbox({ faults: [{ kind: "latency", ms: 1000, where }] });
    const controller = new AbortController();
    const sent = buildRequest("createWebhookSubscription", { body: buildInput() });
    const rejection = rejectionOf(sandbox.fetch(sent, { signal: controller.signal }));
    await vi.advanceTimersByTimeAsync(999);
    controller.abort("changed my mind");
    expect(await rejection).toBe("changed my mind");
    expect(vi.getTimerCount()).toBe(0);
    expect(eventsOf(sandbox)).toEqual(written);
    expect(sandbox.requests).toMatchObject([{ status: undefined, fault: "latency" }]);
  });

  test("lets requests overtake each other", async () => {
    vi.useFakeTimers();
    const sandbox = createSandbox({ faults: [{ kind: "latency", ms: 1000 }] });
    const slow = subscribe(sandbox, { events: ["message.sent"] });
    await subscribe(sandbox, { events: ["message.read"] });
    await vi.advanceTimersByTimeAsync(1000);
    await slow;
    expect(eventsOf(sandbox)).toEqual(["message.read", "message.sent"]);
  });
});

describe("a late write", () => {
  test.each([0, 1, 3])("lands after exactly %i further requests", async (afterRequests) => {
    const sandbox = createSandbox({ faults: [LATE_LOSS(afterRequests)] });
    await createInVain(sandbox);
    for (let further = 0; further < afterRequests; further++) {
      expect(eventsOf(sandbox)).toEqual([]);
      // The last of them is answered before the write lands.
      expect(await callApi(sandbox, "listWebhookSubscriptions")).toMatchObject({
        body: { webhook_subscriptions: [] },
      });
    }
    expect(eventsOf(sandbox)).toEqual(["message.received"]);
  });

  test("is counted down by refused and broken requests too, never by other writes that land", async () => {
    const sandbox = createSandbox({ faults: [LATE_LOSS(3), LATE_LOSS(0)] });
    await createInVain(sandbox, { events: ["message.read"] });
    await createInVain(sandbox, { events: ["message.sent"] }); // 1, and lands
    await callApi(sandbox, "createWebhookSubscription", { body: {} }); // 2
    expect(eventsOf(sandbox)).toEqual(["message.sent"]);
    await sandbox.fetch("https://api.linqapp.com/nowhere"); // 3
    expect(eventsOf(sandbox)).toEqual(["message.sent", "message.read"]);
  });

  test("lands in the order in which it was sent when several are due", async () => {
    const sandbox = createSandbox({ faults: [LATE_LOSS(2), LATE_LOSS(1)] });
    await createInVain(sandbox, { events: ["message.read"] });
    await createInVain(sandbox, { events: ["message.sent"] });
    await callApi(sandbox, "listWebhookSubscriptions");
    expect(eventsOf(sandbox)).toEqual(["message.read", "message.sent"]);
  });

  test("is refused silently if the subscription is gone when it lands", async () => {
    const sandbox = createSandbox();
    await subscribe(sandbox);
    sandbox.inject({ ...LATE_LOSS(1), operation: "updateWebhookSubscription" });
    const body = buildInput({ events: ["message.read"] });
    const sent = buildRequest("updateWebhookSubscription", { body });
    expect(await rejectionOf(sandbox.fetch(sent))).toBeInstanceOf(TypeError);
    expect((await callApi(sandbox, "deleteWebhookSubscription")).status).toBe(204);
    expect(sandbox.subscriptions).toEqual([]);
  });

  test("lands at once with settle, and only once", async () => {
    const sandbox = createSandbox({ faults: [LATE_LOSS(9), LATE_LOSS(5)] });
    await createInVain(sandbox, { events: ["message.read"] });
    await createInVain(sandbox, { events: ["message.sent"] });
    sandbox.settle();
    sandbox.settle();
    expect(eventsOf(sandbox)).toEqual(["message.sent", "message.read"]);
    for (let further = 0; further < 10; further++) {
      await callApi(sandbox, "listWebhookSubscriptions");
    }
    expect(eventsOf(sandbox)).toHaveLength(2);
  });

  test("is dropped by a reset", async () => {
    const sandbox = createSandbox({ faults: [LATE_LOSS(1)] });
    await createInVain(sandbox);
    sandbox.reset();
    sandbox.settle();
    expect(sandbox.subscriptions).toEqual([]);
  });

  test("lands even if the client gives up while it waits for the answer", async () => {
    const controller = new AbortController();
    const sandbox = createSandbox({
      faults: [LATE_LOSS(1), { kind: "latency", ms: 1, where: "after" }],
      sleep: () => {
        controller.abort("changed my mind");
        return Promise.resolve();
      },
    });
    const sent = buildRequest("createWebhookSubscription", { body: buildInput() });
    const { signal } = controller;
    expect(await rejectionOf(sandbox.fetch(sent, { signal }))).toBe("changed my mind");
    await callApi(sandbox, "listWebhookSubscriptions");
    expect(eventsOf(sandbox)).toEqual(["message.received"]);
  });

  test("is answered as if it had already landed", async () => {
    const faults: Fault[] = [{ kind: "garble", write: { afterRequests: 1 } }];
    const { fetch } = createSandbox({ faults });
    const sent = buildRequest("createWebhookSubscription", { body: buildInput() });
    expect(await (await fetch(sent)).text()).toMatch(/^\{"webhook_subscription":\{"id":1,/);
  });
});
