import { afterEach, describe, expect, test, vi } from "vitest";
import type { DeliveryStore } from "../../src/receiver/delivery-store.js";
import { createMemoryStore } from "../../src/receiver/memory-store.js";
import { testDeliveryStore } from "../../src/testing/test-delivery-store.js";
import { rejectionOf } from "../support/rejection.js";

interface World {
  readonly now: () => number;
  readonly good: DeliveryStore;
}

/** Stores that each break one rule, and the text of that rule. */
const WRONG: readonly [rule: string, name: string, create: (world: World) => DeliveryStore][] = [
  [
    "a new key can be claimed",
    "knows every key",
    ({ good }) => ({ ...good, claim: () => "completed" }),
  ],
  [
    "exactly one of many claims at once succeeds",
    "looks first and takes later",
    ({ good }) => {
      const taken = new Set<string>();
      return {
        ...good,
        claim: async (key, options) => {
          const isFree = !taken.has(key);
          await Promise.resolve();
          taken.add(key);
          const claim = await good.claim(key, options);
          return isFree ? "claimed" : claim;
        },
      };
    },
  ],
  [
    "a claim holds until it is completed",
    "never remembers what is completed",
    ({ good }) => ({ ...good, complete: () => undefined }),
  ],
  [
    "a released claim can be taken again",
    "never releases",
    ({ good }) => ({ ...good, release: () => undefined }),
  ],
  [
    "an expired claim can be taken again, once",
    "holds claims for ever",
    ({ good }) => ({
      ...good,
      claim: (key, options) => good.claim(key, { ...options, ttl: Infinity }),
    }),
  ],
  [
    "an expired claim can be taken again, once",
    "gives a claim that has run out to everybody",
    ({ good, now }) => {
      const until = new Map<string, number>();
      return {
        ...good,
        claim: (key, options) => {
          if ((until.get(key) ?? Infinity) <= now()) return "claimed";
          if (!until.has(key)) until.set(key, now() + options.ttl);
          return good.claim(key, options);
        },
        complete: (key, options) => {
          until.delete(key);
          return good.complete(key, options);
        },
      };
    },
  ],
  [
    "a claim is renewed by its owner",
    "knows owners and renews nothing",
    ({ good }) => {
      const owners = new Map<string, string>();
      return {
        ...good,
        claim: async (key, options) => {
          if (owners.get(key) === options.owner) return "claimed";
          const claim = await good.claim(key, options);
          if (claim === "claimed") owners.set(key, options.owner);
          return claim;
        },
      };
    },
  ],
  ["a claim is renewed by its owner", "knows no owners", ({ now }) => withoutOwners(now)],
  [
    "a former owner cannot change the claim of the next owner",
    "lets anybody release",
    ({ good }) => {
      const { owners, claim } = noteOwners(good);
      return {
        ...good,
        claim,
        release: (key) => good.release(key, { owner: owners.get(key) ?? "" }),
      };
    },
  ],
  [
    "a former owner cannot change the claim of the next owner",
    "lets anybody complete",
    ({ good }) => {
      const { owners, claim } = noteOwners(good);
      return {
        ...good,
        claim,
        complete: (key, options) =>
          good.complete(key, { ...options, owner: owners.get(key) ?? options.owner }),
      };
    },
  ],
  [
    "a completed key is forgotten after its time",
    "remembers for ever",
    ({ good }) => ({
      ...good,
      complete: (key, options) => good.complete(key, { ...options, ttl: Infinity }),
    }),
  ],
  [
    "a completed key is remembered for longer than its claim",
    "forgets what is completed when the claim would have ended",
    ({ good, now }) => {
      const until = new Map<string, number>();
      const completed = new Map<string, number>();
      return {
        claim: (key, options) => {
          const end = completed.get(key);
          if (end !== undefined && end > now()) return "completed";
          const claim = end === undefined ? good.claim(key, options) : "claimed";
          if (claim === "claimed") until.set(key, now() + options.ttl);
          return claim;
        },
        complete: (key) => completed.set(key, until.get(key) ?? Infinity),
        release: good.release,
      };
    },
  ],
  [
    "a completed key cannot be released",
    "forgets on release whatever it is",
    ({ now }) => {
      const states = new Map<string, number>();
      return {
        claim: (key, options) => {
          const until = states.get(key) ?? -Infinity;
          if (until === Infinity) return "completed";
          if (until > now()) return "pending";
          states.set(key, now() + options.ttl);
          return "claimed";
        },
        complete: (key) => states.set(key, Infinity),
        release: (key) => states.delete(key),
      };
    },
  ],
  [
    "a key that was never claimed can be completed or released",
    "completes only what is claimed",
    ({ good }) => {
      const claimed = new Set<string>();
      return {
        ...good,
        claim: (key, options) => {
          claimed.add(key);
          return good.claim(key, options);
        },
        complete: (key, options) => (claimed.has(key) ? good.complete(key, options) : undefined),
      };
    },
  ],
  [
    "keys that differ in a single character are different",
    "ignores case",
    ({ good }) => withKeys(good, (key) => key.toLowerCase()),
  ],
  [
    "keys that differ in a single character are different",
    "trims keys",
    ({ good }) => withKeys(good, (key) => key.trim()),
  ],
  [
    "keys that differ in a single character are different",
    "cuts long keys short",
    ({ good }) => withKeys(good, (key) => key.slice(0, 255)),
  ],
  [
    "keys that differ in a single character are different",
    "drops what is not ASCII",
    ({ good }) => withKeys(good, (key) => key.replace(/[^ -~]/gu, "")),
  ],
];

describe("testDeliveryStore", () => {
  test.each(WRONG)("reports `%s` for a store that %s", async (rule, _name, create) => {
    let time = 0;
    const now = (): number => time;
    const store = create({ now, good: createMemoryStore({ now }) });
    const wait = (ms: number): Promise<void> => {
      time += ms;
      return Promise.resolve();
    };
    const message = String(await rejectionOf(testDeliveryStore(store, store, { wait })));
    expect(message).toContain("the store breaks the contract: ");
    expect(message).toContain(`${rule} (got `);
  });

  test("names only the rule that is broken", async () => {
    let time = 0;
    const good = createMemoryStore({ now: () => time });
    const wait = (ms: number): Promise<void> => {
      time += ms;
      return Promise.resolve();
    };
    const store = { ...good, release: () => undefined };
    expect(String(await rejectionOf(testDeliveryStore(store, store, { wait })))).toBe(
      "Error: the store breaks the contract: a released claim can be taken again (got pending, not claimed)",
    );
  });

  test("reports the error that a store throws", async () => {
    const store: DeliveryStore = {
      claim: () => Promise.reject(new Error("no connection")),
      complete: () => undefined,
      release: () => undefined,
    };
    const wait = (): Promise<void> => Promise.resolve();
    const message = String(await rejectionOf(testDeliveryStore(store, store, { wait })));
    expect(message).toContain("a new key can be claimed (no connection)");
  });

  test("uses only new keys with the prefix `test:`", async () => {
    const keys = new Set<string>();
    const store = withKeys(createMemoryStore(), (key) => {
      keys.add(key);
      return key;
    });
    const wait = (): Promise<void> => Promise.resolve();
    await rejectionOf(testDeliveryStore(store, store, { wait }));
    const first = new Set(keys);
    await rejectionOf(testDeliveryStore(store, store, { wait }));
    expect([...keys].every((key) => key.startsWith("test:"))).toBe(true);
    expect(keys.size).toBe(first.size * 2);
  });

  describe("without a `wait` function", () => {
    afterEach(() => {
      vi.useRealTimers();
    });

    test("waits with a timer", async () => {
      vi.useFakeTimers();
      const store = createMemoryStore();
      const result = testDeliveryStore(store, store, { ttl: 2_000 });
      await vi.advanceTimersByTimeAsync(15_100);
      await expect(result).resolves.toBeUndefined();
      expect(vi.getTimerCount()).toBe(0);
    });
  });
});

/** Records the last owner of each key. */
function noteOwners(store: DeliveryStore): Pick<DeliveryStore, "claim"> & {
  readonly owners: ReadonlyMap<string, string>;
} {
  const owners = new Map<string, string>();
  return {
    owners,
    claim: async (key, options) => {
      const claim = await store.claim(key, options);
      if (claim === "claimed") owners.set(key, options.owner);
      return claim;
    },
  };
}

/** A store of an older contract, without owners. */
function withoutOwners(now: () => number): DeliveryStore {
  const until = new Map<string, number>();
  const completed = new Set<string>();
  return {
    claim: (key, { ttl }) => {
      if (completed.has(key)) return "completed";
      if ((until.get(key) ?? -Infinity) > now()) return "pending";
      until.set(key, now() + ttl);
      return "claimed";
    },
    complete: (key) => completed.add(key),
    release: (key) => until.delete(key),
  };
}

/** The store, with changed keys. */
function withKeys(store: DeliveryStore, change: (key: string) => string): DeliveryStore {
  return {
    claim: (key, options) => store.claim(change(key), options),
    complete: (key, options) => store.complete(change(key), options),
    release: (key, options) => store.release(change(key), options),
  };
}
