import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InvalidInputError } from "../../src/errors/invalid-input-error.js";
import { createMemoryStore } from "../../src/receiver/memory-store.js";
import { testDeliveryStore } from "../../src/receiver/test-delivery-store.js";
import { thrownBy } from "../support/rejection.js";

const TTL = 1_000;

describe("createMemoryStore", () => {
  test("does what a store must", async () => {
    let time = 0;
    const wait = (ms: number): Promise<void> => {
      time += ms;
      return Promise.resolve();
    };
    await testDeliveryStore(createMemoryStore({ now: () => time }), { wait });
  });

  test("remembers a delivery for its age, and no longer", async () => {
    let time = 0;
    const store = createMemoryStore({ maxAge: 500, now: () => time });
    await store.claim("a", TTL);
    await store.complete("a");
    time = 499;
    expect(await store.claim("a", TTL)).toBe("completed");
    time = 500;
    expect(await store.claim("a", TTL)).toBe("claimed");
  });

  test("forgets the oldest when it is full", async () => {
    const store = createMemoryStore({ maxEntries: 2 });
    for (const key of ["a", "b", "c"]) await store.complete(key);
    expect(await store.claim("a", TTL)).toBe("claimed");
    expect(await store.claim("b", TTL)).toBe("completed");
    expect(await store.claim("c", TTL)).toBe("completed");
  });

  test("keeps what is completed again as the newest", async () => {
    const store = createMemoryStore({ maxEntries: 2 });
    for (const key of ["a", "b", "a", "c"]) await store.complete(key);
    expect(await store.claim("b", TTL)).toBe("claimed");
    expect(await store.claim("a", TTL)).toBe("completed");
  });

  test("never gives up a claim to make room", async () => {
    const store = createMemoryStore({ maxEntries: 1 });
    for (const key of ["a", "b", "c"]) await store.claim(key, TTL);
    for (const key of ["d", "e"]) await store.complete(key);
    for (const key of ["a", "b", "c"]) expect(await store.claim(key, TTL)).toBe("pending");
  });

  test("keeps names apart that every object has", async () => {
    const store = createMemoryStore();
    for (const key of ["__proto__", "constructor", "toString", ""]) {
      expect(await store.claim(key, TTL)).toBe("claimed");
    }
  });

  test("shares nothing with another store", async () => {
    await createMemoryStore().complete("a");
    expect(await createMemoryStore().claim("a", TTL)).toBe("claimed");
  });

  test.each([
    ["maxEntries", NaN],
    ["maxEntries", 0],
    ["maxEntries", "10"],
    ["maxAge", -1],
    ["maxAge", NaN],
    ["maxAge", null],
    ["now", 1],
    ["maxentries", 10],
  ])("refuses to remember by %s: %j, with which it would forget at once", (name, value) => {
    const error = thrownBy(() => createMemoryStore({ [name]: value }));
    expect(error).toBeInstanceOf(InvalidInputError);
    expect(String(error)).toContain(name);
  });

  /**
   * Any history, beside a plain model of it: the newest so many that are handled are remembered, for
   * so long, and nothing else is.
   */
  test("remembers the newest within its bounds, through any history", () => {
    const step = fc.record({
      what: fc.constantFrom("claim", "complete", "release"),
      key: fc.integer({ min: 0, max: 7 }).map(String),
      passes: fc.nat(40),
    });
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 60 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 200 }),
        (steps, maxEntries, maxAge) => {
          let time = 0;
          const store = createMemoryStore({ maxEntries, maxAge, now: () => time });
          let handled: { key: string; until: number }[] = [];
          const claims = new Map<string, number>();
          for (const { what, key, passes } of steps) {
            time += passes;
            handled = handled.filter(({ until }) => until > time);
            if (what === "claim") {
              const isPending = (claims.get(key) ?? 0) > time;
              const isHandled = handled.some((entry) => entry.key === key);
              const expected = isHandled ? "completed" : isPending ? "pending" : "claimed";
              expect(store.claim(key, 50)).toBe(expected);
              if (expected === "claimed") claims.set(key, time + 50);
              continue;
            }
            claims.delete(key);
            if (what === "release") {
              store.release(key);
              continue;
            }
            store.complete(key);
            handled = [
              ...handled.filter((entry) => entry.key !== key),
              { key, until: time + maxAge },
            ].slice(-maxEntries);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
