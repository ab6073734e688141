import { describe, expect, it } from "vitest";
import { isInDoubt, isThrottled, retryDelay } from "../../src/http/retry.js";
import { createRandom } from "../support/random.js";

const RETRIED = [408, 500, 502, 503, 504];
const FINAL = [
  0, 200, 201, 204, 301, 302, 303, 304, 307, 308, 400, 401, 403, 404, 405, 409, 410, 418, 422, 425,
  451, 501, 505, 511, 599,
];

const ended = (
  status: number | undefined,
  retryAfter?: number,
  sent = true,
): Parameters<typeof isInDoubt>[0] => ({ status, sent, retryAfter });

const longest = (): number => 1;

describe("retryDelay", () => {
  it.each(FINAL)("never retries a %d, whatever the server asks for", (status) => {
    expect(retryDelay(ended(status), 0, longest)).toBeUndefined();
    expect(retryDelay(ended(status, 1_000), 0, longest)).toBeUndefined();
  });

  it.each(RETRIED)("retries a %d after the back-off", (status) => {
    expect(retryDelay(ended(status), 0, longest)).toBe(500);
  });

  it.each([true, false])("retries a failed connection, sent: %s", (sent) => {
    expect(retryDelay(ended(undefined, undefined, sent), 0, longest)).toBe(500);
  });

  it.each([
    [0, 500],
    [1, 1_000],
    [2, 2_000],
    [3, 4_000],
    [4, 8_000],
    [5, 8_000],
    [50, 8_000],
    [5_000, 8_000],
  ])("waits before retry %d at most %d ms", (retry, expected) => {
    expect(retryDelay(ended(503), retry, longest)).toBe(expected);
  });

  it.each([0, 0.25, 0.5, 0.999])("waits the random part %d of the longest wait", (part) => {
    expect(retryDelay(ended(503), 3, () => part)).toBe(part * 4_000);
  });

  it.each([
    [0, 1_000],
    [1, 2_000],
    [2, 4_000],
    [3, 8_000],
    [4, 10_000],
    [500, 10_000],
  ])("waits after throttling number %d at most %d ms if the server names no time", (nth, most) => {
    expect(retryDelay(ended(429), nth, longest)).toBe(most);
    expect(retryDelay(ended(429), nth, () => 0.25)).toBe(most / 4);
  });

  it.each([0, 1, 1_000, 59_999, 60_000])("waits %d ms if the server asks to", (retryAfter) => {
    for (const status of [429, 500, 503]) {
      expect(retryDelay(ended(status, retryAfter), 0, longest)).toBe(retryAfter);
    }
  });

  it("adds a random time to the server's wait from the second time on, to spread clients", () => {
    expect(retryDelay(ended(429, 7_000), 1, () => 0.5)).toBe(8_000);
    expect(retryDelay(ended(503, 7_000), 9, () => 0.5)).toBe(12_000);
  });

  it.each([60_001, 86_400_000, 1e23, Infinity])(
    "does not retry when the server asks for %d ms",
    (retryAfter) => {
      expect(retryDelay(ended(429, retryAfter), 0, longest)).toBeUndefined();
    },
  );

  it("spreads a thousand clients evenly over the window", () => {
    const random = createRandom(1);
    const tenths = Array.from({ length: 10 }, () => 0);
    for (let client = 0; client < 1_000; client++) {
      const delay = retryDelay(ended(503), 4, random) ?? -1;
      const tenth = Math.floor(delay / 800);
      tenths[tenth] = (tenths[tenth] ?? NaN) + 1;
    }
    expect(tenths).toHaveLength(10);
    for (const count of tenths) {
      expect(count).toBeGreaterThan(60);
      expect(count).toBeLessThan(140);
    }
  });
});

describe("isThrottled", () => {
  it.each([
    ["a 429", ended(429), true],
    ["a 429 with a time to come back", ended(429, 1_000), true],
    ["a 503 with a time to come back", ended(503, 0), true],
    ["a 503", ended(503), false],
    ["a 500 with a time to come back", ended(500, 1_000), false],
    ["a connection that was refused", ended(undefined, undefined, false), false],
  ])("classifies %s", (_what, ending, expected) => {
    expect(isThrottled(ending)).toBe(expected);
  });
});

describe("isInDoubt", () => {
  it("is false for a failed connection only if nothing was sent", () => {
    expect(isInDoubt(ended(undefined, undefined, false))).toBe(false);
    expect(isInDoubt(ended(undefined))).toBe(true);
  });

  it.each([408, 500, 501, 502, 503, 504, 520, 599])("is true for %d", (status) => {
    expect(isInDoubt(ended(status))).toBe(true);
  });

  it.each([200, 201, 301, 308, 400, 401, 403, 404, 409, 422, 429])("is false for %d", (status) => {
    expect(isInDoubt(ended(status))).toBe(false);
  });

  it.each([0, 1_000, 86_400_000])("is false after a 503 that asks to retry in %d ms", (after) => {
    expect(isInDoubt(ended(503, after))).toBe(false);
  });

  it.each([408, 500, 502, 504])("is true after a %d with a time to retry", (status) => {
    expect(isInDoubt(ended(status, 1_000))).toBe(true);
  });
});
