import type { DeliveryStore } from "./delivery-store.js";

/** How {@link testDeliveryStore} goes about it. */
export interface TestDeliveryStoreOptions {
  /**
   * Lets some ms pass for the store, so that claims run out: of a clock that you control, or by
   * waiting.
   *
   * @default a timer
   */
  readonly wait?: (ms: number) => Promise<unknown>;
  /**
   * How long the claims hold that are to run out, in ms; more for a store that counts in seconds.
   *
   * @default 100
   */
  readonly ttl?: number;
}

/** One rule of the contract; it throws what it has seen instead. */
type Rule = (
  store: DeliveryStore,
  key: string,
  options: Required<TestDeliveryStoreOptions>,
) => Promise<void>;

/** Longer than any rule takes, in ms. */
const LONG = 60_000;

const RULES: Readonly<Record<string, Rule>> = {
  "a new key can be claimed": async (store, key) => {
    expect(await store.claim(key, LONG), "claimed");
  },
  "of many claims at once exactly one gets it": async (store, key) => {
    const claims = await Promise.all(
      Array.from({ length: 50 }, async () => store.claim(key, LONG)),
    );
    expect(claims.filter((claim) => claim === "claimed").length, 1);
    expect(claims.filter((claim) => claim === "pending").length, 49);
  },
  "a claim holds until it is completed": async (store, key) => {
    await store.claim(key, LONG);
    expect(await store.claim(key, LONG), "pending");
    await store.complete(key);
    expect(await store.claim(key, LONG), "completed");
  },
  "a claim that is released can be taken again": async (store, key) => {
    await store.claim(key, LONG);
    await store.release(key);
    expect(await store.claim(key, LONG), "claimed");
  },
  "a claim that has run out can be taken again, once": async (store, key, { wait, ttl }) => {
    await store.claim(key, ttl);
    await wait(ttl + 1);
    expect(await store.claim(key, LONG), "claimed");
    expect(await store.claim(key, LONG), "pending");
  },
  "what is completed is remembered for longer than its claim": async (
    store,
    key,
    { wait, ttl },
  ) => {
    await store.claim(key, ttl);
    await store.complete(key);
    await wait(ttl + 1);
    expect(await store.claim(key, LONG), "completed");
  },
  "what is completed cannot be released": async (store, key) => {
    await store.claim(key, LONG);
    await store.complete(key);
    await store.release(key);
    expect(await store.claim(key, LONG), "completed");
  },
  "what was never claimed can be completed or released": async (store, key) => {
    await store.release(key);
    expect(await store.claim(key, LONG), "claimed");
    await store.complete(`${key} other`);
    expect(await store.claim(`${key} other`, LONG), "completed");
  },
  "keys are told apart to the letter": async (store, key) => {
    const keys = [
      key,
      `${key} `,
      `${key}:`,
      `${key}A`,
      `${key}a`,
      `${key}é`,
      `${key}🔑`,
      `${key}*`,
    ];
    keys.push(key + "x".repeat(500), key + "x".repeat(501));
    for (const each of keys) expect(await store.claim(each, LONG), "claimed");
    await store.complete(key);
    for (const each of keys.slice(1)) expect(await store.claim(each, LONG), "pending");
  },
};

/**
 * Tells whether a {@link DeliveryStore} does what is written at its functions, for your own tests. It
 * uses keys of its own, so that the store may be in use; what they leave behind is a few entries.
 *
 * @throws {Error} that names the rules that the store breaks, and how.
 *
 * @example
 * ```ts
 * test("the store remembers deliveries", () => testDeliveryStore(createRedisStore(redis)));
 * ```
 */
export async function testDeliveryStore(
  store: DeliveryStore,
  { wait = sleep, ttl = 100 }: TestDeliveryStoreOptions = {},
): Promise<void> {
  const broken: string[] = [];
  for (const [rule, check] of Object.entries(RULES)) {
    try {
      await check(store, `test:${crypto.randomUUID()}`, { wait, ttl });
    } catch (error) {
      broken.push(`${rule} (${error instanceof Error ? error.message : String(error)})`);
    }
  }
  if (broken.length > 0) throw new Error(`the store breaks the contract: ${broken.join("; ")}`);
}

function expect(found: unknown, expected: unknown): void {
  if (found !== expected) throw new Error(`got ${String(found)}, not ${String(expected)}`);
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
