import { webCrypto } from "../checks/web-crypto.js";
import { ownMembers } from "../checks/own-members.js";
import type { ClaimOptions, DeliveryStore } from "../receiver/delivery-store.js";

/** The options of {@link testDeliveryStore}. */
export interface TestDeliveryStoreOptions {
  /**
   * Lets `ms` milliseconds pass for the store, so that claims expire: by waiting, or by advancing a clock
   * that you control.
   *
   * @default a timer
   */
  wait?: ((ms: number) => Promise<unknown>) | undefined;
  /**
   * How long claims hold in the tests of expiry, in ms. Use more for a store that counts in seconds.
   *
   * @default 100
   */
  ttl?: number | undefined;
}

/** The subject of a rule: two objects of one store, as two processes have them. */
interface Subject {
  readonly wait: NonNullable<TestDeliveryStoreOptions["wait"]>;
  readonly ttl: number;
  readonly store: DeliveryStore;
  readonly other: DeliveryStore;
  readonly key: string;
}

/** One rule of the contract; it throws an error if the store breaks it. */
type Rule = (subject: Subject) => Promise<void>;

/** Longer than any rule takes, in ms. */
const LONG = 60_000;

/** Three owners, and how long their claims hold. */
const [ONE, TWO, THREE] = ["one", "two", "three"].map((owner) => ({ owner, ttl: LONG })) as [
  ClaimOptions,
  ClaimOptions,
  ClaimOptions,
];

/**
 * A time after which a claim of `ttl` ms has certainly expired: a store may round times, and its clock may
 * differ from that of the timer.
 */
const longerThan = (ttl: number): number => ttl * 1.5;

const RULES: Readonly<Record<string, Rule>> = {
  "a new key can be claimed": async ({ store, key }) => {
    expect(await store.claim(key, ONE), "claimed");
  },
  "exactly one of many claims at once succeeds": async ({ store, other, key }) => {
    const claims = await Promise.all(
      Array.from({ length: 50 }, async (_, index) =>
        (index % 2 === 0 ? store : other).claim(key, { owner: `owner ${index}`, ttl: LONG }),
      ),
    );
    expect(claims.filter((claim) => claim === "claimed").length, 1);
    expect(claims.filter((claim) => claim === "pending").length, 49);
  },
  "a claim holds until it is completed": async ({ store, other, key }) => {
    await store.claim(key, ONE);
    expect(await other.claim(key, TWO), "pending");
    await store.complete(key, ONE);
    expect(await other.claim(key, TWO), "completed");
    expect(await store.claim(key, ONE), "completed");
  },
  "a released claim can be taken again": async ({ store, other, key }) => {
    await store.claim(key, ONE);
    await store.release(key, ONE);
    expect(await other.claim(key, TWO), "claimed");
  },
  "an expired claim can be taken again, once": async ({ store, other, key, wait, ttl }) => {
    await store.claim(key, { ...ONE, ttl });
    await wait(longerThan(ttl));
    expect(await other.claim(key, TWO), "claimed");
    expect(await store.claim(key, THREE), "pending");
  },
  "a claim is renewed by its owner": async ({ store, other, key, wait, ttl }) => {
    await store.claim(key, { ...ONE, ttl });
    expect(await store.claim(key, ONE), "claimed");
    await wait(longerThan(ttl));
    expect(await other.claim(key, TWO), "pending");
  },
  "a former owner cannot change the claim of the next owner": async (subject) => {
    const { store, other, key, wait, ttl } = subject;
    await store.claim(key, { ...ONE, ttl });
    await wait(longerThan(ttl));
    await other.claim(key, TWO);
    await store.release(key, ONE);
    expect(await store.claim(key, ONE), "pending");
    await store.complete(key, ONE);
    expect(await store.claim(key, THREE), "pending");
  },
  "a completed key is remembered for longer than its claim": async (subject) => {
    const { store, other, key, wait, ttl } = subject;
    await store.claim(key, { ...ONE, ttl });
    await store.complete(key, ONE);
    await wait(longerThan(ttl));
    expect(await other.claim(key, TWO), "completed");
  },
  "a completed key is forgotten after its time": async ({ store, other, key, wait, ttl }) => {
    await store.claim(key, ONE);
    await store.complete(key, { ...ONE, ttl });
    await wait(longerThan(ttl));
    expect(await other.claim(key, TWO), "claimed");
  },
  "a completed key cannot be released": async ({ store, other, key }) => {
    await store.claim(key, ONE);
    await store.complete(key, ONE);
    await store.release(key, ONE);
    expect(await other.claim(key, TWO), "completed");
  },
  "a key that was never claimed can be completed or released": async ({ store, other, key }) => {
    await store.release(key, ONE);
    expect(await other.claim(key, TWO), "claimed");
    await store.complete(`${key} other`, ONE);
    expect(await other.claim(`${key} other`, TWO), "completed");
  },
  "keys that differ in a single character are different": async ({ store, other, key }) => {
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
    for (const [index, each] of keys.entries()) {
      expect(await store.claim(each, { owner: `owner ${index}`, ttl: LONG }), "claimed");
    }
    await store.complete(key, { owner: "owner 0", ttl: LONG });
    for (const each of keys.slice(1)) expect(await other.claim(each, TWO), "pending");
  },
};

/**
 * Tests whether a {@link DeliveryStore} fulfils its contract, for your own tests. It uses unique keys, so
 * the store may be in use, and leaves a few entries behind.
 *
 * @param other - another object of the same store, as another process would have it: on the same
 * database, with its own connection. For a store in memory, pass the same object twice.
 * @throws {Error} that names each rule that the store breaks, and how.
 *
 * @example
 * ```ts
 * test("the store remembers deliveries", () =>
 *   testDeliveryStore(createMyStore(connect()), createMyStore(connect())));
 * ```
 */
export async function testDeliveryStore(
  store: DeliveryStore,
  other: DeliveryStore,
  options: TestDeliveryStoreOptions = {},
): Promise<void> {
  const { wait = sleep, ttl = 100 } = ownMembers(options);
  const broken: string[] = [];
  for (const [rule, check] of Object.entries(RULES)) {
    try {
      await check({ store, other, key: `test:${webCrypto().randomUUID()}`, wait, ttl });
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
