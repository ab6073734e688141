import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { composeClient } from "../../src/client.js";
import { createSandbox, type Sandbox } from "../../src/sandbox/index.js";
import {
  DuplicateSubscriptionError,
  EVENT_NAMES,
  InvalidInputError,
  type WebhookSubscriptions,
} from "../../src/index.js";
import { bendFetch, type PassingRequest } from "../support/bend-fetch.js";
import { createFastClock } from "../support/fast-clock.js";
import { rejectionOf } from "../support/rejection.js";
import { withoutLock } from "../support/sandbox-client.js";

/** Spellings, and the place that each of them means: written down, so that no URL is parsed here. */
const PLACES: Readonly<Record<string, string>> = {
  "https://example.com/hook": "hook",
  "https://EXAMPLE.com:443/hook#here": "hook",
  "HTTPS://example.com/a/../hook": "hook",
  "https://example.com/hooks": "hooks",
  "https://example.com/hook?a=1": "hook?a=1",
};

const EVENTS = ["message.sent", "message.read", "call.completed", "contact.created"];

/** Most of them mean the same place, so that subscriptions conflict. */
const places = fc.oneof(
  { weight: 3, arbitrary: fc.constant("https://example.com/hook") },
  { weight: 1, arbitrary: fc.constantFrom(...Object.keys(PLACES)) },
);
const eventSets = fc.subarray(EVENTS, { minLength: 1 });
const secrets = fc.constantFrom("the first secret", "the second secret");

/** One step of a sandbox's past. */
type Step =
  | { readonly kind: "post"; readonly input: Input }
  | { readonly kind: "emit"; readonly event: string };

interface Input {
  readonly webhook_url: string;
  readonly events: string[];
  readonly active: boolean;
  readonly version: number;
  readonly secret?: string;
}

const inputs: fc.Arbitrary<Input> = fc.record(
  {
    webhook_url: places,
    events: eventSets,
    active: fc.boolean(),
    version: fc.constantFrom(1, 2, 2, 2),
    secret: secrets,
  },
  { requiredKeys: ["webhook_url", "events", "active", "version"] },
);

const activeInputs = inputs.map((input) => ({ ...input, active: true }));

/** Mostly active subscriptions, since the others do nothing, and some deliveries in between. */
const pasts: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: activeInputs.map((input): Step => ({ kind: "post", input })) },
    { weight: 1, arbitrary: inputs.map((input): Step => ({ kind: "post", input })) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(...EVENTS).map((event): Step => ({ kind: "emit", event })),
    },
  ),
  { maxLength: 8 },
);

interface Run {
  readonly sandbox: Sandbox;
  readonly linq: WebhookSubscriptions<string>;
  /** The requests that wrote something, without those that made the past. */
  readonly writes: PassingRequest[];
}

/** A sandbox with a past, and a client of it. */
async function begin(
  past: readonly Step[],
  putWithoutSecret: "keep" | "clear" = "keep",
): Promise<Run> {
  let now = 0;
  const sandbox = createSandbox({
    switches: { putWithoutSecret },
    allowUnknownEvents: true,
    fetch: () => Promise.resolve(new Response()),
    now: () => (now += 1_000),
  });
  for (const step of past) {
    if (step.kind === "emit") await sandbox.emit(step.event);
    else await post(sandbox, step.input);
  }
  const writes: PassingRequest[] = [];
  const fetch = bendFetch(sandbox.fetch, (request, send) => {
    if (request.method !== "GET") writes.push(request);
    return send();
  });
  const client = composeClient({ token: "any-token", fetch, lock: withoutLock }, createFastClock());
  return { sandbox, linq: client.webhookSubscriptions, writes };
}

async function post(sandbox: Sandbox, webhook_subscription: Input): Promise<void> {
  const { status } = await sandbox.fetch("https://any/api/partner/v2/webhook_subscriptions", {
    method: "POST",
    headers: { "X-LINQ-INTEGRATION-TOKEN": "any", "content-type": "application/json" },
    body: JSON.stringify({ webhook_subscription }),
  });
  expect(status).toBe(201);
}

const placeOf = ({ webhook_url }: Pick<Input, "webhook_url">): string =>
  PLACES[webhook_url] ?? "nowhere";

type Delivering = Pick<Sandbox["subscriptions"][number], "webhook_url" | "events" | "active"> &
  Partial<Pick<Sandbox["subscriptions"][number], "secret_configured">>;

/** How often each event reaches each place, and how often signed. */
function countDeliveries(
  subscriptions: readonly Delivering[],
): Map<string, { all: number; signed: number }> {
  const counts = new Map<string, { all: number; signed: number }>();
  for (const subscription of subscriptions) {
    for (const event of subscription.active ? subscription.events : []) {
      const key = `${event} ${placeOf(subscription)}`;
      const { all, signed } = counts.get(key) ?? { all: 0, signed: 0 };
      const isSigned = subscription.secret_configured === true;
      counts.set(key, { all: all + 1, signed: signed + Number(isSigned) });
    }
  }
  return counts;
}

/** Whether some event reaches its place twice, and did not reach it as often before. */
function addsDuplicate(before: readonly Delivering[], after: readonly Delivering[]): boolean {
  const counts = countDeliveries(before);
  return [...countDeliveries(after)].some(
    ([key, { all }]) => all > 1 && all > (counts.get(key)?.all ?? 0),
  );
}

/** The active subscriptions at a place that shared events connect with these events. */
function findConnected(
  subscriptions: Sandbox["subscriptions"],
  { webhook_url, events }: Pick<Input, "webhook_url" | "events">,
): Set<number> {
  const reached = new Set(events);
  const ids = new Set<number>();
  for (let size = -1; size < ids.size;) {
    size = ids.size;
    for (const subscription of subscriptions) {
      if (!subscription.active || placeOf(subscription) !== placeOf({ webhook_url })) continue;
      if (!subscription.events.some((event) => reached.has(event))) continue;
      ids.add(subscription.id);
      for (const event of subscription.events) reached.add(event);
    }
  }
  return ids;
}

const keysOf = (counts: ReadonlyMap<string, unknown>): string[] => [...counts.keys()].sort();

describe("removeDuplicates, whatever the list holds", () => {
  it("loses no event, and no signed delivery for an unsigned one", async () => {
    await fc.assert(
      fc.asyncProperty(pasts, async (past) => {
        const { sandbox, linq } = await begin(past);
        const before = countDeliveries(sandbox.subscriptions);
        await linq.removeDuplicates();
        const after = countDeliveries(sandbox.subscriptions);
        expect(keysOf(after)).toEqual(keysOf(before));
        for (const [key, { signed }] of before) {
          if (signed > 0) expect(after.get(key)?.signed).toBeGreaterThan(0);
        }
      }),
    );
  });

  it("returns what it has deleted and what remains, as `dryRun` has announced", async () => {
    await fc.assert(
      fc.asyncProperty(pasts, async (past) => {
        const { sandbox, linq } = await begin(past);
        const before = sandbox.subscriptions;
        const announced = await linq.removeDuplicates({ dryRun: true });
        expect(sandbox.subscriptions).toEqual(before);
        const { removed, remaining } = await linq.removeDuplicates();
        const gone = new Set(removed.map(({ id }) => id));
        expect(new Set(announced.removed.map(({ id }) => id))).toEqual(gone);
        expect(announced.remaining).toEqual(remaining);
        expect(sandbox.subscriptions).toEqual(before.filter(({ id }) => !gone.has(id)));
        expect(remaining).toEqual(await linq.findDuplicates());
      }),
    );
  });

  it("only deletes, and writes nothing the second time", async () => {
    await fc.assert(
      fc.asyncProperty(pasts, async (past) => {
        const { linq, writes } = await begin(past);
        const first = await linq.removeDuplicates();
        expect(writes.map(({ method }) => method)).toEqual(first.removed.map(() => "DELETE"));
        const second = await linq.removeDuplicates();
        expect(second).toEqual({ removed: [], remaining: first.remaining });
        expect(writes).toHaveLength(first.removed.length);
      }),
    );
  });
});

describe("ensure, whatever the list holds", () => {
  const outcomes = fc.constantFrom("keep" as const, "clear" as const);
  const wanted = fc.record(
    {
      webhook_url: places,
      events: eventSets,
      version: fc.constantFrom(1, 2, 2, 2),
      secret: secrets,
    },
    { requiredKeys: ["webhook_url", "events", "version"] },
  );

  it("delivers each wanted event exactly once, or names the obstacle", async () => {
    await fc.assert(
      fc.asyncProperty(pasts, wanted, outcomes, async (past, input, outcome) => {
        const { sandbox, linq } = await begin(past, outcome);
        const before = sandbox.subscriptions;
        const ended = await linq.ensure(input).catch((error: unknown) => error);
        if (ended instanceof Error) {
          const connected = findConnected(before, input);
          const inTheWay = before.filter(({ id }) => connected.has(id));
          // It has a secret that may not be this call's, or would get one that it may not want.
          expect(
            inTheWay.some(
              ({ events, secret_configured }) =>
                secret_configured ||
                ("secret" in input && events.some((event) => !input.events.includes(event))),
            ),
          ).toBe(true);
          if (ended instanceof InvalidInputError) expect(ended.field).toBe("secret");
          else expect(ended).toBeInstanceOf(DuplicateSubscriptionError);
          return;
        }
        const counts = countDeliveries(sandbox.subscriptions);
        for (const event of input.events) {
          expect(counts.get(`${event} ${placeOf(input)}`)?.all).toBe(1);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("returns the delivering subscriptions, with the requested version and secret", async () => {
    await fc.assert(
      fc.asyncProperty(pasts, wanted, async (past, input) => {
        const { sandbox, linq } = await begin(past);
        const result = await linq.ensure(input).catch(() => undefined);
        if (!result) return;
        const covering = sandbox.subscriptions.filter(
          (found) =>
            found.active &&
            placeOf(found) === placeOf(input) &&
            found.events.some((event) => input.events.includes(event)),
        );
        expect(result.subscriptions).toEqual(covering);
        for (const { version, secret_configured } of covering) {
          expect(version).toBe(input.version);
          if ("secret" in input) expect(secret_configured).toBe(true);
        }
      }),
    );
  });

  it("writes nothing the second time, and reports `unchanged`", async () => {
    await fc.assert(
      fc.asyncProperty(pasts, wanted, async (past, input) => {
        const { linq, writes } = await begin(past);
        const first = await linq.ensure(input).catch(() => undefined);
        if (!first) return;
        expect(first.outcome === "unchanged").toBe(writes.length === 0);
        const count = writes.length;
        const second = await linq.ensure(input);
        expect(second).toEqual({ outcome: "unchanged", subscriptions: first.subscriptions });
        expect(writes).toHaveLength(count);
      }),
    );
  });

  it("loses no event, even if it throws halfway", async () => {
    await fc.assert(
      fc.asyncProperty(pasts, wanted, async (past, input) => {
        const { sandbox, linq } = await begin(past);
        const before = countDeliveries(sandbox.subscriptions);
        await linq.ensure(input).catch(() => undefined);
        const after = countDeliveries(sandbox.subscriptions);
        expect(keysOf(after)).toEqual(expect.arrayContaining(keysOf(before)));
      }),
    );
  });

  it("adds at most one subscription, with exactly the missing events", async () => {
    await fc.assert(
      fc.asyncProperty(pasts, wanted, async (past, input) => {
        const { sandbox, linq, writes } = await begin(past);
        const before = countDeliveries(sandbox.subscriptions);
        const result = await linq.ensure(input).catch(() => undefined);
        if (!result) return;
        const missing = input.events.filter((event) => !before.has(`${event} ${placeOf(input)}`));
        const posts = writes.filter(({ method }) => method === "POST");
        expect(posts.map(({ body }) => body)).toEqual(
          missing.length === 0
            ? []
            : [{ webhook_subscription: { ...input, active: true, events: missing } }],
        );
      }),
    );
  });

  it("does not change subscriptions that are unrelated to the requested events", async () => {
    await fc.assert(
      fc.asyncProperty(pasts, wanted, async (past, input) => {
        const { sandbox, linq } = await begin(past);
        const before = sandbox.subscriptions;
        await linq.ensure(input).catch(() => undefined);
        const connected = findConnected(before, input);
        const others = before.filter(({ id }) => !connected.has(id));
        expect(sandbox.subscriptions).toEqual(expect.arrayContaining(others));
      }),
    );
  });

  it("changes only the events of a subscription that covers no requested event", async () => {
    await fc.assert(
      fc.asyncProperty(pasts, wanted, async (past, input) => {
        const { sandbox, linq } = await begin(past);
        const before = sandbox.subscriptions;
        await linq.ensure(input).catch(() => undefined);
        for (const now of sandbox.subscriptions) {
          const then = before.find(({ id }) => id === now.id);
          if (!then || now.events.some((event) => input.events.includes(event))) continue;
          const { webhook_url, version, active, secret_configured } = then;
          expect(now).toMatchObject({ webhook_url, version, active, secret_configured });
          expect(then.events).toEqual(expect.arrayContaining(now.events));
        }
      }),
    );
  });
});

describe("create, whatever the list holds", () => {
  it("refuses only an input that would make an event arrive twice", async () => {
    await fc.assert(
      fc.asyncProperty(pasts, inputs, async (past, input) => {
        const { sandbox, linq, writes } = await begin(past);
        const before = sandbox.subscriptions;
        const ended = await linq.create(input).catch((error: unknown) => error);
        if (addsDuplicate(before, [...before, input])) {
          expect(ended).toBeInstanceOf(DuplicateSubscriptionError);
          expect(writes).toEqual([]);
        } else {
          expect(sandbox.subscriptions).toEqual([...before, ended]);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("names the conflicting subscriptions, as stored, and the shared events", async () => {
    await fc.assert(
      fc.asyncProperty(pasts, activeInputs, async (past, input) => {
        const { sandbox, linq } = await begin(past);
        const error = await linq.create(input).catch((reason: unknown) => reason);
        if (!(error instanceof DuplicateSubscriptionError)) return;
        const existing = sandbox.subscriptions.filter(
          (found) =>
            found.active &&
            placeOf(found) === placeOf(input) &&
            found.events.some((event) => input.events.includes(event)),
        );
        const shared = input.events.filter((event) =>
          existing.some(({ events }) => events.includes(event)),
        );
        expect(error.existing).toEqual(existing);
        expect(new Set(error.sharedEvents)).toEqual(new Set(shared));
      }),
    );
  });
});

describe("update, whatever the list holds", () => {
  const patches = fc
    .record(
      {
        webhook_url: places,
        events: eventSets,
        active: fc.boolean(),
        version: fc.integer({ min: 1, max: 3 }),
      },
      { requiredKeys: [] },
    )
    .filter((patch) => Object.keys(patch).length > 0);

  it("refuses only a patch that would make an event arrive twice that did not before", async () => {
    await fc.assert(
      fc.asyncProperty(pasts, patches, fc.nat(), async (past, patch, pick) => {
        const { sandbox, linq, writes } = await begin(past);
        const before = sandbox.subscriptions;
        const target = before[pick % Math.max(1, before.length)];
        if (!target) return;
        const { id } = target;
        const wanted = before.map((found) => (found.id === id ? { ...found, ...patch } : found));
        const ended = await linq.update(id, patch).catch((error: unknown) => error);
        if (addsDuplicate(before, wanted)) {
          expect(ended).toBeInstanceOf(DuplicateSubscriptionError);
          expect(writes).toEqual([]);
          expect(sandbox.subscriptions).toEqual(before);
        } else {
          expect(ended).toMatchObject({ id, ...patch });
          expect(writes).toHaveLength(1);
          const now = sandbox.subscriptions;
          expect(now).toEqual(
            wanted.map((found) => ({ ...found, updated_at: expect.any(String) as string })),
          );
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe("an invalid value", () => {
  const isId = (value: unknown): boolean =>
    typeof value === "number" && Number.isInteger(value) && value > 0 && value <= 2 ** 53 - 1;

  const notIds = fc
    .oneof(
      fc.anything(),
      fc.double(),
      fc.string(),
      fc.integer({ max: 0 }),
      fc.integer({ min: 1 }).map(String),
      fc.bigInt(),
      fc.constantFrom(
        "",
        "..",
        "1/2",
        " 1",
        NaN,
        Infinity,
        2 ** 53,
        1e21,
        1.5,
        null,
        undefined,
        [1],
      ),
    )
    .filter((value) => !isId(value));

  it.each(["get", "update", "delete"] as const)(
    "is refused as the id of %s before anything is sent",
    async (name) => {
      const { sandbox, linq } = await begin([]);
      await fc.assert(
        fc.asyncProperty(notIds, async (value) => {
          // What a JavaScript caller may pass.
          const id = value as number;
          const calls = {
            get: () => linq.get(id),
            update: () => linq.update(id, { active: true }),
            delete: () => linq.delete(id, { ignoreMissing: true }),
          };
          const error = await rejectionOf(calls[name]());
          expect(error).toBeInstanceOf(InvalidInputError);
          expect(error).toMatchObject({ field: "id" });
        }),
        { numRuns: 300 },
      );
      expect(sandbox.requests).toEqual([]);
    },
  );

  const known: readonly string[] = EVENT_NAMES;

  /** Invalid values for each field. */
  const WRONG: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
    webhook_url: fc
      .oneof(
        fc.anything(),
        fc.webPath(),
        fc.webUrl().map((url) => ` ${url}`),
        fc.webAuthority(),
      )
      .filter((value) => !(typeof value === "string" && /^https?:\/\/[^\s/]/i.test(value))),
    events: fc.oneof(
      fc.anything().filter((value) => !Array.isArray(value)),
      fc.constant([]),
      fc
        .tuple(fc.anything(), fc.subarray([...known]))
        .filter(([value]) => !known.some((name) => name === value))
        .map(([value, others]) => [...others, value]),
    ),
    active: fc.anything().filter((value) => typeof value !== "boolean" && value !== undefined),
    version: fc.anything().filter((value) => !isId(value) && value !== undefined),
    secret: fc.oneof(
      fc.anything().filter((value) => typeof value !== "string"),
      fc.string().map((value) => ` ${value}`),
      fc.string().map((value) => `${value}\n`),
      fc.constantFrom("", "***", "•••", "[REDACTED]", "<hidden>", "\ud800"),
    ),
  };

  it.each(Object.keys(WRONG))(
    "is refused as %s of create, ensure or update before anything is sent",
    async (field) => {
      const { sandbox, linq } = await begin([]);
      const valid = { webhook_url: "https://example.com/hook", events: ["message.sent"] };
      await fc.assert(
        fc.asyncProperty(WRONG[field] ?? fc.constant(null), async (value) => {
          // What a JavaScript caller may pass.
          const input = { ...valid, [field]: value };
          const attempts = [
            linq.create(input),
            linq.create(input, { allowDuplicate: true }),
            linq.ensure(input),
            // In a patch, what is undefined is left out.
            ...(value === undefined && field !== "secret" ? [] : [linq.update(1, input)]),
          ];
          for (const error of await Promise.all(attempts.map(rejectionOf))) {
            expect(error).toBeInstanceOf(InvalidInputError);
            expect(error).toMatchObject({ field: expect.stringMatching(`^${field}`) as string });
          }
        }),
        { numRuns: 200 },
      );
      expect(sandbox.requests).toEqual([]);
    },
  );

  it("is refused as the whole input before anything is sent", async () => {
    const { sandbox, linq } = await begin([]);
    await fc.assert(
      fc.asyncProperty(fc.anything(), async (value) => {
        // What a JavaScript caller may pass.
        const input = value as { webhook_url: string; events: string[] };
        const calls = [linq.create(input), linq.ensure(input), linq.update(1, input)];
        for (const error of await Promise.all(calls.map(rejectionOf))) {
          expect(error).toBeInstanceOf(InvalidInputError);
        }
      }),
      { numRuns: 300 },
    );
    expect(sandbox.requests).toEqual([]);
  });
});
