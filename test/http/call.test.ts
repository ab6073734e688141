import { getEventListeners } from "node:events";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { InvalidInputError, LinqTimeoutError } from "../../src/errors/index.js";
import { type Call, runCall } from "../../src/http/call.js";
import { type CallOptions, checkLimits } from "../../src/http/call-options.js";
import { rejectionOf, thrownBy } from "../support/rejection.js";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const LONGEST = 2_147_483_647;
const LIMITS = { timeout: 10, totalTimeout: 1_000, maxRetries: 2 };
const never = (): Promise<never> => new Promise(() => undefined);

const run = <T>(options: CallOptions, task: (call: Call) => Promise<T>): Promise<T> =>
  runCall(options, LIMITS, true, task);

describe.each(["timeout", "totalTimeout"] as const)("%s", (name) => {
  it.each([0, -1, NaN, Infinity, -Infinity, LONGEST + 1, "1000", null, 1_000n, [1_000]])(
    "cannot be %o",
    (value) => {
      // What a JavaScript caller may pass.
      const limits = { ...LIMITS, [name]: value as number };
      const error = thrownBy(() => checkLimits(limits));
      expect(error).toBeInstanceOf(InvalidInputError);
      expect(error).toMatchObject({
        field: name,
        expected: `a number of ms above 0 and up to ${LONGEST}`,
      });
    },
  );

  it.each([0.5, 1, 30_000, LONGEST])("can be %d ms", (value) => {
    expect(checkLimits({ ...LIMITS, [name]: value })[name]).toBe(value);
  });
});

it.each([-1, 0.5, NaN, Infinity, "2", null])("refuses %o retries", (value) => {
  // What a JavaScript caller may pass.
  const error = thrownBy(() => checkLimits({ ...LIMITS, maxRetries: value as number }));
  expect(error).toMatchObject({ code: "invalid_input", field: "maxRetries" });
});

it.each([null, "signal", 1, {}, new EventTarget(), new AbortController()])(
  "refuses %o as a signal",
  async (signal) => {
    // What a JavaScript caller may pass.
    const error = await rejectionOf(run({ signal: signal as AbortSignal }, never));
    expect(error).toBeInstanceOf(InvalidInputError);
    expect(error).toMatchObject({ field: "signal", expected: "an AbortSignal" });
  },
);

it("prefers the caller's limits to the client's", async () => {
  const call = await run({ timeout: 5, maxRetries: 0 }, (given) => Promise.resolve(given));
  expect(call).toMatchObject({ timeout: 5, maxRetries: 0 });
});

it("uses the client's limits where the caller gives none", async () => {
  const options = { timeout: undefined, maxRetries: undefined, totalTimeout: undefined };
  const call = await run(options, (given) => Promise.resolve(given));
  expect(call).toMatchObject({ timeout: 10, maxRetries: 2 });
});

it("aborts a call at its total timeout with an error that names `totalTimeout`", async () => {
  const rejection = rejectionOf(
    run(
      { totalTimeout: 500 },
      ({ getSignal }) =>
        new Promise((_resolve, reject) => {
          getSignal().addEventListener("abort", () => {
            reject(getSignal().reason as Error);
          });
        }),
    ),
  );
  vi.advanceTimersByTime(500);
  const error = await rejection;
  expect(error).toBeInstanceOf(LinqTimeoutError);
  expect(error).toMatchObject({ phase: "total", timeout: 500, attempts: [] });
  expect(String(error)).toContain("totalTimeout");
});

it("leaves no timer and no listener behind", async () => {
  const { signal } = new AbortController();
  await run({ signal }, () => Promise.resolve());
  await rejectionOf(run({ signal }, () => Promise.reject(new Error("broken"))));
  expect(vi.getTimerCount()).toBe(0);
  expect(getEventListeners(signal, "abort")).toHaveLength(0);
});

it("redacts a value once it is hidden, and only in the same call", async () => {
  await run({}, (call) => {
    expect(call.redact("abc")).toBe("abc");
    call.hide("abc");
    expect(call.redact("abc")).toBe("[REDACTED]");
    return Promise.resolve();
  });
  await run({}, (call) => {
    expect(call.redact("abc")).toBe("abc");
    return Promise.resolve();
  });
});
