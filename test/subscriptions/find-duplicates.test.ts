import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DuplicateGroup, findDuplicates } from "../../src/subscriptions/find-duplicates.js";
import type { WebhookSubscription } from "../../src/subscriptions/subscription.js";
import { buildSubscription } from "../support/build-subscription.js";

const URL_A = "https://example.com/hook";

/** Subscriptions with the ids 1, 2, 3 ... */
const build = (...overs: Partial<WebhookSubscription>[]): WebhookSubscription[] =>
  overs.map((over, index) => buildSubscription({ id: index + 1, ...over }));

const idsOf = (subscriptions: readonly WebhookSubscription[]): number[] =>
  subscriptions.map(({ id }) => id);

const outline = ({ kind, sharedEvents, subscriptions, redundant }: DuplicateGroup): object => ({
  kind,
  sharedEvents,
  ids: idsOf(subscriptions),
  redundant: idsOf(redundant),
});

it.each<[what: string, list: WebhookSubscription[]]>([
  ["an empty list", []],
  ["one subscription", build({})],
  ["different events", build({ events: ["a"] }, { events: ["b"] })],
  ["different URLs", build({}, { webhook_url: "https://example.com/other" })],
  ["an inactive duplicate", build({}, { active: false })],
  ["two inactive duplicates", build({ active: false }, { active: false })],
  ["no events at all", build({ events: [] }, { events: [] })],
  ["an event twice in one subscription", build({ events: ["a", "a"] })],
])("finds nothing in %s", (_what, list) => {
  expect(findDuplicates(list)).toEqual([]);
});

it.each<[what: string, list: WebhookSubscription[], expected: object]>([
  [
    "duplicates",
    build({ events: ["a", "b"] }, { events: ["b", "a"] }),
    { kind: "identical", sharedEvents: ["a", "b"], ids: [1, 2], redundant: [2] },
  ],
  [
    "duplicates of which one repeats an event",
    build({ events: ["a"] }, { events: ["a", "a"] }),
    { kind: "identical", sharedEvents: ["a"], ids: [1, 2], redundant: [2] },
  ],
  [
    "triplets",
    build({ events: ["a"] }, { events: ["a"] }, { events: ["a"] }),
    { kind: "identical", sharedEvents: ["a"], ids: [1, 2, 3], redundant: [2, 3] },
  ],
  [
    "a larger one beside a smaller one, which keeps its event",
    build({ events: ["a"] }, { events: ["a", "b"] }),
    { kind: "contained", sharedEvents: ["a"], ids: [1, 2], redundant: [] },
  ],
  [
    "two smaller ones within a larger one",
    build({ events: ["a"] }, { events: ["a", "b", "c"] }, { events: ["b"] }),
    { kind: "contained", sharedEvents: ["a", "b"], ids: [1, 2, 3], redundant: [3] },
  ],
  [
    "two that overlap",
    build({ events: ["a", "b"] }, { events: ["b", "c"] }),
    { kind: "overlapping", sharedEvents: ["b"], ids: [1, 2], redundant: [] },
  ],
  [
    "a chain that overlaps",
    build({ events: ["a", "b"] }, { events: ["c", "d"] }, { events: ["b", "c"] }),
    { kind: "overlapping", sharedEvents: ["b", "c"], ids: [1, 2, 3], redundant: [3] },
  ],
  [
    "a smaller one within one of two that overlap",
    build({ events: ["a", "b"] }, { events: ["b", "c"] }, { events: ["c"] }),
    { kind: "overlapping", sharedEvents: ["b", "c"], ids: [1, 2, 3], redundant: [3] },
  ],
  [
    "duplicates of which only the later one has a secret",
    build({ secret_configured: false }, { secret_configured: true }),
    { kind: "identical", sharedEvents: ["message.received"], ids: [1, 2], redundant: [] },
  ],
  [
    "duplicates of which the later one delivered last",
    build({ last_delivered_at: null }, { last_delivered_at: "2025-01-01T00:00:00Z" }),
    { kind: "identical", sharedEvents: ["message.received"], ids: [1, 2], redundant: [2] },
  ],
  [
    "a signed one within an unsigned one, which cannot replace it",
    build({ events: ["a"], secret_configured: true }, { events: ["a", "b"] }),
    { kind: "contained", sharedEvents: ["a"], ids: [1, 2], redundant: [] },
  ],
  [
    "an unsigned one within a signed one with a higher id",
    build({ events: ["a"] }, { events: ["a", "b"], secret_configured: true }),
    { kind: "contained", sharedEvents: ["a"], ids: [1, 2], redundant: [] },
  ],
  [
    "one whose events are spread over two others",
    build({ events: ["a", "b"] }, { events: ["a", "c"] }, { events: ["b", "d"] }),
    { kind: "overlapping", sharedEvents: ["a", "b"], ids: [1, 2, 3], redundant: [] },
  ],
])("describes %s", (_what, list, expected) => {
  expect(findDuplicates(list).map(outline)).toEqual([expected]);
});

it("tells two groups of one URL apart", () => {
  const list = build({ events: ["a"] }, { events: ["b"] }, { events: ["a"] }, { events: ["b"] });
  expect(findDuplicates(list).map(({ subscriptions }) => idsOf(subscriptions))).toEqual([
    [1, 3],
    [2, 4],
  ]);
});

it("treats different spellings of a URL as one", () => {
  const [group] = findDuplicates(
    build({ webhook_url: "https://EXAMPLE.com/hook" }, { webhook_url: `${URL_A}#fragment` }),
  );
  expect(group).toMatchObject({ kind: "identical", webhook_url: URL_A });
});

it("returns the objects of the list, and does not change the list", () => {
  const list = build({ id: 9 }, { id: 3 }).map((subscription) =>
    Object.freeze({ ...subscription, events: Object.freeze(subscription.events) as string[] }),
  );
  const [group] = findDuplicates(Object.freeze(list));
  expect(group?.subscriptions[0]).toBe(list[1]);
  expect(group?.subscriptions[1]).toBe(list[0]);
});

describe("in any list", () => {
  const NAMES = ["a", "b", "c", "d"];

  const list = fc
    .array(
      fc.record({
        webhook_url: fc.constantFrom(URL_A, `${URL_A}#x`, "https://example.com/other", "no url"),
        events: fc.array(fc.constantFrom(...NAMES), { maxLength: 4 }),
        active: fc.boolean(),
        secret_configured: fc.boolean(),
        last_delivered_at: fc.constantFrom(null, "2025-01-01T00:00:00Z", "2025-02-01T00:00:00Z"),
      }),
      { maxLength: 9 },
    )
    .map((overs) => build(...overs));

  const addressOf = (url: string): string => url.replace(/#.*/, "");

  /** The slow way: all that share events, directly or through others, are in the same group. */
  const groupsOf = (subscriptions: readonly WebhookSubscription[]): number[][] => {
    const active = subscriptions.filter((subscription) => subscription.active);
    const groupOf = new Map(active.map(({ id }) => [id, id]));
    for (let changed = true; changed;) {
      changed = false;
      for (const a of active) {
        for (const b of active) {
          const [groupA = 0, groupB = 0] = [groupOf.get(a.id), groupOf.get(b.id)];
          const meet =
            addressOf(a.webhook_url) === addressOf(b.webhook_url) &&
            a.events.some((event) => b.events.includes(event));
          if (!meet || groupA >= groupB) continue;
          groupOf.set(b.id, groupA);
          changed = true;
        }
      }
    }
    const heads = [...new Set(groupOf.values())];
    return heads
      .map((head) => [...groupOf].filter(([, group]) => group === head).map(([id]) => id))
      .filter((ids) => ids.length > 1);
  };

  /** How often each event reaches each URL, and how often signed. */
  const deliveriesOf = (
    subscriptions: readonly WebhookSubscription[],
  ): Map<string, { all: number; signed: number }> => {
    const counts = new Map<string, { all: number; signed: number }>();
    for (const { active, webhook_url, events, secret_configured } of subscriptions) {
      if (!active) continue;
      for (const event of new Set(events)) {
        const key = `${event} ${addressOf(webhook_url)}`;
        const { all, signed } = counts.get(key) ?? { all: 0, signed: 0 };
        counts.set(key, { all: all + 1, signed: signed + Number(secret_configured === true) });
      }
    }
    return counts;
  };

  it("finds the groups that a slow search finds", () => {
    fc.assert(
      fc.property(list, (subscriptions) => {
        const found = findDuplicates(subscriptions).map((group) => idsOf(group.subscriptions));
        expect(new Set(found.map(String))).toEqual(new Set(groupsOf(subscriptions).map(String)));
      }),
    );
  });

  it("names exactly the events that arrive more than once", () => {
    fc.assert(
      fc.property(list, (subscriptions) => {
        const expected = [...deliveriesOf(subscriptions)].filter(([, { all }]) => all > 1);
        const found = findDuplicates(subscriptions).flatMap(({ webhook_url, sharedEvents }) =>
          sharedEvents.map((event) => `${event} ${webhook_url}`),
        );
        expect(found.sort()).toEqual(expected.map(([key]) => key).sort());
      }),
    );
  });

  it("gives each group the right kind", () => {
    fc.assert(
      fc.property(list, (subscriptions) => {
        for (const { kind, subscriptions: members } of findDuplicates(subscriptions)) {
          const has = (a: WebhookSubscription, b: WebhookSubscription): boolean =>
            b.events.every((event) => a.events.includes(event));
          const whole = members.filter((a) => members.every((b) => has(a, b)));
          const expected = ["overlapping", "contained"][Math.min(whole.length, 1)];
          expect(kind).toBe(whole.length === members.length ? "identical" : expected);
        }
      }),
    );
  });

  it("loses no event, and no signed delivery, if the redundant ones are removed", () => {
    fc.assert(
      fc.property(list, (subscriptions) => {
        const gone = findDuplicates(subscriptions).flatMap(({ redundant }) => redundant);
        const before = deliveriesOf(subscriptions);
        const after = deliveriesOf(subscriptions.filter((member) => !gone.includes(member)));
        expect([...after.keys()].sort()).toEqual([...before.keys()].sort());
        for (const [key, { signed }] of before) {
          if (signed > 0) expect(after.get(key)?.signed).toBeGreaterThan(0);
        }
      }),
    );
  });

  it("leaves nothing redundant behind, and gives the reason if duplicates stay", () => {
    fc.assert(
      fc.property(list, (subscriptions) => {
        const gone = findDuplicates(subscriptions).flatMap(({ redundant }) => redundant);
        const left = subscriptions.filter((member) => !gone.includes(member));
        for (const group of findDuplicates(left)) {
          expect(group.redundant).toEqual([]);
          if (group.kind === "identical") expect(group.obstacles).not.toEqual([]);
        }
      }),
    );
  });

  it("finds the same groups in any order of the list", () => {
    const shuffled = list.chain((items) =>
      fc.tuple(fc.constant(items), fc.shuffledSubarray(items, { minLength: items.length })),
    );
    const outlines = (items: readonly WebhookSubscription[]): Set<string> =>
      new Set(
        findDuplicates(items).map(({ kind, subscriptions, redundant }) =>
          [kind, idsOf(subscriptions), idsOf(redundant)].join(" "),
        ),
      );
    fc.assert(
      fc.property(shuffled, ([items, others]) => {
        expect(outlines(others)).toEqual(outlines(items));
      }),
    );
  });
});
