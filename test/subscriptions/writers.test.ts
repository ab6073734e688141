import { afterEach, describe, expect, it, vi } from "vitest";
import type { DuplicateGroup } from "../../src/index.js";
import { decide } from "../../src/subscriptions/decide.js";
import { findDuplicates } from "../../src/subscriptions/find-duplicates.js";
import type { WebhookSubscription } from "../../src/subscriptions/subscription.js";
import { planSync } from "../../src/sync/index.js";
import { createRandom } from "../support/random.js";

/**
 * A model of all code that deletes, with the decisions that the library really makes: one event at
 * one URL, any mix of writers, and deliveries that arrive meanwhile. Each request is one step of a
 * writer, and a seed decides whose step comes next.
 */

type Rows = readonly WebhookSubscription[];

/** Sorts the rows by which a rule decides which one stays: the lowest id first, unless broken. */
const order = vi.hoisted(() => ({ of: (rows: Rows): Rows => rows }));

vi.mock(import("../../src/subscriptions/identity.js"), async (load) => {
  const identity = await load();
  return {
    ...identity,
    divideEvents: (rows, isGuarded) => identity.divideEvents(order.of(rows), isGuarded),
    findKeeper: (_events, rows) => order.of([...rows].sort((a, b) => a.id - b.id))[0],
  };
});

const lowestFirst = order.of;
afterEach(() => {
  order.of = lowestFirst;
});

const EVENT = "message.sent";
const WEBHOOK_URL = "https://example.com/hook";

interface Server {
  readonly rows: Map<number, WebhookSubscription>;
  readonly list: () => Rows;
  readonly post: () => void;
}

function createServer(random: () => number): Server {
  const rows = new Map<number, WebhookSubscription>();
  let nextId = 1;
  const post = (): void => {
    const fixed = { webhook_url: WEBHOOK_URL, version: 2, events: [EVENT], active: true };
    rows.set(nextId, { ...fixed, id: nextId++, secret_configured: false, last_delivered_at: null });
  };
  for (let count = random() < 0.3 ? 3 : 2; count > 0; count--) post();
  return { rows, post, list: () => [...rows.values()].sort((a, b) => a.id - b.id) };
}

const WANTED = new Set([EVENT]);
const GOAL = {
  wanted: WANTED,
  guarded: WANTED,
  version: 2,
  hasSecret: false,
  signs: "none",
  onlyDeletes: false,
} as const;
const NOTHING_OWN = {
  ids: new Set<number>(),
  created: new Set<number>(),
  signed: new Set<number>(),
};

const WRITERS = {
  *ensure({ rows, list, post }: Server) {
    for (;;) {
      const { steps } = decide(GOAL, NOTHING_OWN, list());
      yield;
      if (steps.length === 0) return;
      for (const step of steps) {
        if (step.action === "create") post();
        else rows.delete(step.target.id);
        yield;
      }
    }
  },
  *remove({ rows, list }: Server) {
    for (;;) {
      const redundant = findDuplicates(list()).flatMap((group: DuplicateGroup) => group.redundant);
      yield;
      if (redundant.length === 0) return;
      for (const { id } of redundant) {
        rows.delete(id);
        yield;
      }
    }
  },
  *apply({ rows, list, post }: Server) {
    const { steps } = planSync([{ webhook_url: WEBHOOK_URL, events: [EVENT] }], list());
    yield;
    const kept = steps.find(({ action }) => action === "keep");
    if (!kept || !("current" in kept)) {
      post();
      return;
    }
    const seen = list();
    yield;
    if (!seen.some(({ id }) => id === kept.current.id)) return;
    for (const step of steps) {
      if (step.action !== "delete") continue;
      rows.delete(step.current.id);
      yield;
    }
  },
} as const;

/** Every delivery updates the time of a random subscription. */
function* deliver({ rows, list }: Server, random: () => number): Generator<undefined, void> {
  for (let nth = 1; nth <= 6; nth++) {
    const all = list();
    const row = all[Math.floor(random() * all.length)];
    const last_delivered_at = new Date(nth * 1_000).toISOString();
    if (row) rows.set(row.id, { ...row, last_delivered_at });
    yield;
  }
}

/** How many subscriptions deliver the event in the end. */
function countAfter(writers: readonly (keyof typeof WRITERS)[], random: () => number): number {
  const server = createServer(random);
  const running: Generator<undefined, void>[] = writers.map((name) => WRITERS[name](server));
  running.push(deliver(server, random));
  while (running.length > 0) {
    const next = Math.floor(random() * running.length);
    if (running[next]?.next().done) running.splice(next, 1);
  }
  return server.rows.size;
}

const MIXES: readonly (keyof typeof WRITERS)[][] = [
  ["ensure", "ensure"],
  ["remove", "ensure"],
  ["remove", "remove"],
  ["apply", "ensure"],
  ["apply", "apply"],
  ["apply", "remove", "ensure"],
];

describe("in 5,000 random interleavings", () => {
  it.each(MIXES.map((mix) => [mix.join(" and "), mix] as const))(
    "exactly one subscription is left by %s",
    (_name, mix) => {
      const random = createRandom(42);
      for (let nth = 0; nth < 5_000; nth++) expect(countAfter(mix, random)).toBe(1);
    },
  );
});

it("some interleavings lose the event if some writers keep the one that delivered last", () => {
  const random = createRandom(42);
  let calls = 0;
  order.of = (rows) =>
    calls++ % 2 === 0
      ? rows
      : [...rows].sort((a, b) =>
          String(b.last_delivered_at).localeCompare(String(a.last_delivered_at)),
        );
  let lost = 0;
  for (let nth = 0; nth < 1_000; nth++) if (countAfter(["remove", "remove"], random) === 0) lost++;
  expect(lost).toBeGreaterThan(0);
});
