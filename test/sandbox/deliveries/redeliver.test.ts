import { afterEach, describe, expect, test, vi } from "vitest";
import { createSandbox, type Sandbox } from "../../../src/sandbox/index.js";
import { callApi, HOOK, subscribe } from "../call-api.js";

type Answer = () => Response | Promise<Response>;

interface Observed {
  readonly sandbox: Sandbox;
  /** In ms. */
  readonly waits: number[];
}

/** A sandbox whose hook sends the answers in order, and then repeats the last one. */
function createObserved(answers: Answer[], redelivery?: number): Observed {
  const waits: number[] = [];
  const queue = [...answers];
  const receive = (): Response | Promise<Response> => {
    const answer = queue.length > 1 ? queue.shift() : queue[0];
    return answer?.() ?? new Response();
  };
  const sandbox = createSandbox({
    receivers: { [HOOK]: receive },
    switches: redelivery === undefined ? {} : { redelivery },
    sleep: (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
  });
  return { sandbox, waits };
}

const succeed: Answer = () => new Response();
const fail: Answer = () => new Response(null, { status: 500 });
const throwUp: Answer = () => Promise.reject(new Error("down"));

afterEach(() => {
  vi.useRealTimers();
});

describe("a delivery", () => {
  test.each<[name: string, Answer[], redelivery: number | undefined, waits: number[]]>([
    ["fails for good without redelivery", [fail], undefined, []],
    ["fails for good with a redelivery of 0", [fail], 0, []],
    ["is not repeated when it is accepted", [succeed], 3, []],
    ["fails for good after the last attempt", [fail], 3, [1000, 2000, 4000]],
    ["is repeated until it is accepted", [fail, throwUp, succeed], 5, [1000, 2000]],
  ])("%s", async (_name, answers, redelivery, waits) => {
    const observed = createObserved(answers, redelivery);
    const { sandbox } = observed;
    await subscribe(sandbox);
    const attempts = await sandbox.emit("message.received");
    expect(observed.waits).toEqual(waits);
    expect(attempts).toHaveLength(waits.length + 1);
    expect(sandbox.deliveries).toEqual(attempts);
    expect(sandbox.subscriptions).toMatchObject([
      {
        delivery_attempts: waits.length + 1,
        last_delivered_at: answers.at(-1) === succeed ? (expect.any(String) as unknown) : null,
      },
    ]);
  });

  test("is the same event in every attempt, byte for byte", async () => {
    const { sandbox } = createObserved([fail, succeed], 1);
    await subscribe(sandbox, { secret: "s" });
    const [first, second] = await sandbox.emit("message.received");
    expect(second).toEqual({
      ...first,
      ...{ status: 200, attempt: 2, duration: expect.any(Number) as unknown },
    });
  });

  test("is repeated after 10 s without an answer", async () => {
    vi.useFakeTimers();
    const { sandbox, waits } = createObserved([() => new Promise(() => undefined), succeed], 1);
    await subscribe(sandbox);
    const emitted = sandbox.emit("message.received");
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await emitted).toMatchObject([
      { status: undefined, error: "No answer within 10 s" },
      { status: 200 },
    ]);
    expect(waits).toEqual([1000]);
  });

  test("waits on the real clock by default", async () => {
    vi.useFakeTimers();
    const sandbox = createSandbox({
      receivers: { [HOOK]: fail },
      switches: { redelivery: 2 },
    });
    await subscribe(sandbox);
    const emitted = sandbox.emit("message.received");
    await vi.advanceTimersByTimeAsync(999);
    expect(sandbox.deliveries).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(sandbox.deliveries).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(2000);
    expect(await emitted).toHaveLength(3);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("is not repeated once the subscription is deleted", async () => {
    const sandbox: Sandbox = createSandbox({
      receivers: { [HOOK]: fail },
      switches: { redelivery: 5 },
      sleep: async () => {
        await callApi(sandbox, "deleteWebhookSubscription");
      },
    });
    await subscribe(sandbox);
    expect(await sandbox.emit("message.received")).toHaveLength(1);
  });

  test("is repeated for each duplicate separately, and reported by subscription", async () => {
    const { sandbox } = createObserved([fail], 1);
    await subscribe(sandbox);
    await subscribe(sandbox);
    const attempts = await sandbox.emit("message.received");
    expect(attempts.map(({ subscriptionId }) => subscriptionId)).toEqual([1, 1, 2, 2]);
    expect(sandbox.subscriptions).toMatchObject([
      { delivery_attempts: 2 },
      { delivery_attempts: 2 },
    ]);
  });
});
