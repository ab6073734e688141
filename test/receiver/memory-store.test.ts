import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InvalidInputError } from "../../src/errors/invalid-input-error.js";
import { createMemoryStore } from "../../src/receiver/memory-store.js";
import { testDeliveryStore } from "../../src/testing/test-delivery-store.js";
import { thrownBy } from "../support/rejection.js";

/** Two owners, and for how long they claim and complete. */
const OURS = { owner: "ours", ttl: 1_000 };
const THEIRS = { owner: "theirs", ttl: 1_000 };

describe("createMemoryStore", () => {
  test("passes testDeliveryStore", async () => {
    let time = 0;
    const wait = (ms: number): Promise<void> => {
      time += ms;
      return Promise.resolve();
    };
    const store = createMemoryStore({ now: () => time });
    await testDeliveryStore(store, store, { wait });
  });

  test("remembers a delivery for its `ttl`, and no longer", async () => {
    let time = 0;
    const store = createMemoryStore({ now: () => time });
    await store.claim("a", OURS);
    await store.complete("a", { ...OURS, ttl: 500 });
    time = 499;
    expect(await store.claim("a", THEIRS)).toBe("completed");
    time = 500;
    expect(await store.claim("a", THEIRS)).toBe("claimed");
  });

  test("forgets the oldest delivery when it is full", async () => {
    const store = createMemoryStore({ maxEntries: 2 });
    for (const key of ["a", "b", "c"]) await store.complete(key, OURS);
    expect(await store.claim("a", THEIRS)).toBe("claimed");
    expect(await store.claim("b", THEIRS)).toBe("completed");
    expect(await store.claim("c", THEIRS)).toBe("completed");
  });

  test("treats a delivery that is completed again as the newest", async () => {
    const store = createMemoryStore({ maxEntries: 2 });
    for (const key of ["a", "b", "a", "c"]) await store.complete(key, OURS);
    expect(await store.claim("b", THEIRS)).toBe("claimed");
    expect(await store.claim("a", THEIRS)).toBe("completed");
  });

  test("never drops a claim to make room", async () => {
    const store = createMemoryStore({ maxEntries: 1 });
    for (const key of ["a", "b", "c"]) await store.claim(key, OURS);
    for (const key of ["d", "e"]) await store.complete(key, OURS);
    for (const key of ["a", "b", "c"]) expect(await store.claim(key, THEIRS)).toBe("pending");
  });

  test("distinguishes keys that are members of every object", async () => {
    const store = createMemoryStore();
    for (const key of ["__proto__", "constructor", "toString", ""]) {
      expect(await store.claim(key, THEIRS)).toBe("claimed");
    }
  });

  test("shares nothing with another store", async () => {
    await createMemoryStore().complete("a", OURS);
    expect(await createMemoryStore().claim("a", THEIRS)).toBe("claimed");
  });

  test.each([
    ["maxEntries", NaN],
    ["maxEntries", 0],
    ["maxEntries", "10"],
    ["maxAge", 1],
    ["now", 1],
    ["maxentries", 10],
  ])("refuses the wrong option %s: %j", (name, value) => {
    const error = thrownBy(() => createMemoryStore({ [name]: value }));
    expect(error).toBeInstanceOf(InvalidInputError);
    expect(String(error)).toContain(name);
  });

  /**
   * Compares any history with a plain model: the newest handled deliveries are remembered up to the
   * limit and until their time ends, a claim is its owner's until it expires, and that is all.
   */
  test("remembers the newest deliveries within its bounds, through any history", () => {
    const step = fc.record({
      what: fc.constantFrom("claim", "complete", "release"),
      key: fc.integer({ min: 0, max: 7 }).map(String),
      owner: fc.constantFrom("one", "two"),
      passes: fc.nat(40),
    });
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 60 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 200 }),
        (steps, maxEntries, remembered) => {
          let time = 0;
          const store = createMemoryStore({ maxEntries, now: () => time });
          let handled: { key: string; until: number }[] = [];
          const claims = new Map<string, { owner: string; until: number }>();
          for (const { what, key, owner, passes } of steps) {
            time += passes;
            handled = handled.filter(({ until }) => until > time);
            const claim = claims.get(key);
            const isOthers = claim !== undefined && claim.owner !== owner;
            if (what === "claim") {
              const isPending = isOthers && claim.until > time;
              const isHandled = handled.some((entry) => entry.key === key);
              const expected = isHandled ? "completed" : isPending ? "pending" : "claimed";
              expect(store.claim(key, { owner, ttl: 50 })).toBe(expected);
              if (expected === "claimed") claims.set(key, { owner, until: time + 50 });
              continue;
            }
            if (what === "release") store.release(key, { owner });
            else store.complete(key, { owner, ttl: remembered });
            if (isOthers) continue;
            claims.delete(key);
            if (what === "release") continue;
            handled = [
              ...handled.filter((entry) => entry.key !== key),
              { key, until: time + remembered },
            ].slice(-maxEntries);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
