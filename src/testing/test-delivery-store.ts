import { webCrypto } from "../checks/web-crypto.js";
import { ownMembers } from "../checks/own-members.js";
import type { ClaimOptions, DeliveryStore } from "../receiver/delivery-store.js";

/** How {@link testDeliveryStore} goes about it. */
export interface TestDeliveryStoreOptions {
  /**
   * Lets some ms pass for the store, so that claims run out: of a clock that you control, or by
   * waiting.
   *
   * @default a timer
   */
  wait?: ((ms: number) => Promise<unknown>) | undefined;
  /**
   * How long the claims hold that are to run out, in ms; more for a store that counts in seconds.
   *
   * @default 100
   */
  ttl?: number | undefined;
}

/** What a rule is held against: two objects of one store, as two processes have them. */
interface Subject {
  readonly wait: NonNullable<TestDeliveryStoreOptions["wait"]>;
  readonly ttl: number;
  readonly store: DeliveryStore;
  readonly other: DeliveryStore;
  readonly key: string;
}

/** One rule of the contract; it throws what it has seen instead. */
type Rule = (subject: Subject) => Promise<void>;

/** Longer than any rule takes, in ms. */
const LONG = 60_000;

/** Two owners, and for how long they claim. */
const [ONE, TWO, THREE] = ["one", "two", "three"].map((owner) => ({ owner, ttl: LONG })) as [
  ClaimOptions,
  ClaimOptions,
  ClaimOptions,
];

const RULES: Readonly<Record<string, Rule>> = {
  "a new key can be claimed": async ({ store, key }) => {
    expect(await store.claim(key, ONE), "claimed");
  },
  "of many claims at once exactly one gets it": async ({ store, other, key }) => {
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
  "a claim that is released can be taken again": async ({ store, other, key }) => {
    await store.claim(key, ONE);
    await store.release(key, ONE);
    expect(await other.claim(key, TWO), "claimed");
  },
  "a claim that has run out can be taken again, once": async ({ store, other, key, wait, ttl }) => {
    await store.claim(key, { ...ONE, ttl });
    await wait(ttl + 1);
    expect(await other.claim(key, TWO), "claimed");
    expect(await store.claim(key, THREE), "pending");
  },
  "a claim is renewed by its owner": async ({ store, other, key, wait, ttl }) => {
    await store.claim(key, { ...ONE, ttl });
    expect(await store.claim(key, ONE), "claimed");
    await wait(ttl + 1);
    expect(await other.claim(key, TWO), "pending");
  },
  "a claim that has passed on is nothing to its old owner": async (subject) => {
    const { store, other, key, wait, ttl } = subject;
    await store.claim(key, { ...ONE, ttl });
    await wait(ttl + 1);
    await other.claim(key, TWO);
    await store.release(key, ONE);
    expect(await store.claim(key, ONE), "pending");
    await store.complete(key, ONE);
    expect(await store.claim(key, THREE), "pending");
  },
  "what is completed is remembered for longer than its claim": async (subject) => {
    const { store, other, key, wait, ttl } = subject;
    await store.claim(key, { ...ONE, ttl });
    await store.complete(key, ONE);
    await wait(ttl + 1);
    expect(await other.claim(key, TWO), "completed");
  },
  "what is completed is forgotten after its time": async ({ store, other, key, wait, ttl }) => {
    await store.claim(key, ONE);
    await store.complete(key, { ...ONE, ttl });
    expect(await other.claim(key, TWO), "completed");
    await wait(ttl + 1);
    expect(await other.claim(key, TWO), "claimed");
  },
  "what is completed cannot be released": async ({ store, other, key }) => {
    await store.claim(key, ONE);
    await store.complete(key, ONE);
    await store.release(key, ONE);
    expect(await other.claim(key, TWO), "completed");
  },
  "what was never claimed can be completed or released": async ({ store, other, key }) => {
    await store.release(key, ONE);
    expect(await other.claim(key, TWO), "claimed");
    await store.complete(`${key} other`, ONE);
    expect(await other.claim(`${key} other`, TWO), "completed");
  },
  "keys are told apart to the letter": async ({ store, other, key }) => {
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
 * Tells whether a {@link DeliveryStore} does what is written at its functions, for your own tests. It
 * uses keys of its own, so that the store may be in use; what they leave behind is a few entries.
 *
 * @param other - another object of the same store, as another process would have it: on the same
 * database, by a connection of its own. The same again for a store in memory.
 * @throws {Error} that names the rules that the store breaks, and how.
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
