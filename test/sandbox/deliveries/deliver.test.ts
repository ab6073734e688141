import { afterEach, describe, expect, test, vi } from "vitest";
import { deliver } from "../../../src/sandbox/deliveries/deliver.js";

const EVENT = { id: "e1", type: "message.received", body: "{}" };
const SUBSCRIBER = { id: 1, webhook_url: "https://example.com/hook", secret: "" };

afterEach(() => {
  vi.useRealTimers();
});

describe("deliver", () => {
  test("follows no redirect and sends the body as it is", async () => {
    const sent: [string, RequestInit][] = [];
    await deliver(EVENT, SUBSCRIBER, (url, init) => {
      sent.push([url, init]);
      return Promise.resolve(new Response());
    });
    expect(sent).toMatchObject([[SUBSCRIBER.webhook_url, { body: "{}", redirect: "manual" }]]);
  });

  test("gives up after 10 s and aborts the request", async () => {
    vi.useFakeTimers();
    let signal: AbortSignal | null | undefined;
    const ended = vi.fn();
    const delivery = deliver(EVENT, SUBSCRIBER, (_url, init) => {
      signal = init.signal;
      return new Promise(() => undefined);
    });
    void delivery.then(ended);
    await vi.advanceTimersByTimeAsync(9_999);
    expect(ended).not.toHaveBeenCalled();
    expect(signal?.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(await delivery).toMatchObject({ status: undefined, error: "No answer within 10 s" });
    expect(signal?.aborted).toBe(true);
  });

  test.each([
    ["an answer", () => Promise.resolve(new Response())],
    ["a failure", () => Promise.reject(new Error("down"))],
  ])("leaves no timer after %s", async (_name, post) => {
    vi.useFakeTimers();
    await deliver(EVENT, SUBSCRIBER, post);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("cancels a body that nobody reads", async () => {
    const cancel = vi.fn();
    await deliver(EVENT, SUBSCRIBER, () =>
      Promise.resolve(new Response(new ReadableStream({ cancel }))),
    );
    expect(cancel).toHaveBeenCalledOnce();
  });

  const FAILURES: [name: string, thrown: unknown, error: string][] = [
    ["an error", new Error("down"), "down"],
    [
      "an error with a cause",
      new TypeError("fetch failed", { cause: new Error("connect ECONNREFUSED") }),
      "fetch failed: connect ECONNREFUSED",
    ],
    ["something else", "nothing works", "nothing works"],
  ];

  test.each(FAILURES)("reports why there was no answer after %s", async (_name, thrown, error) => {
    const fail = (): Promise<never> =>
      Promise.resolve().then(() => {
        throw thrown;
      });
    expect(await deliver(EVENT, SUBSCRIBER, fail)).toMatchObject({ status: undefined, error });
  });
});
