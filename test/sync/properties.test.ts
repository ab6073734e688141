import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { composeClient } from "../../src/client.js";
import { createSandbox, type Sandbox } from "../../src/sandbox/index.js";
import { applySync, type DesiredSubscription, planSync } from "../../src/sync/index.js";
import { bendFetch } from "../support/bend-fetch.js";
import { createFastClock } from "../support/fast-clock.js";
import { withoutLock } from "../support/sandbox-client.js";
import { type Given, post } from "../support/sync-world.js";

/** Spellings, and the place that each of them means: written down, so that no URL is parsed here. */
const PLACES: Readonly<Record<string, string>> = {
  "https://example.com/a": "a",
  "HTTPS://EXAMPLE.com:443/x/../a#here": "a",
  "https://example.com/b": "b",
  "https://example.com/b?b": "b?b",
  "https://example.com/c#": "c",
  "https://one.tunnel.example/hook": "tunnel",
  "https://two.tunnel.example:443/hook#x": "tunnel",
  "https://tunnel.example/hook": "no tunnel",
  "https://example.com/hooks": "scope",
  "https://example.com/hooks/x": "scope",
  "https://example.com/hooks?x": "scope",
  "https://example.com/hooksx": "near the scope",
  "https://example.com.foreign.example/hooks": "foreign",
};

const SCOPE = ["https://EXAMPLE.com/hooks"];
const TUNNELS = "https://*.tunnel.example/hook";

const placeOf = (url: string): string => PLACES[url] ?? "nowhere";

const EVENTS = ["message.sent", "message.read", "call.completed"] as const;
const SECRET = "the secret of all";

const eventLists = fc.array(fc.constantFrom(...EVENTS), { minLength: 1, maxLength: 5 });

/** The existing subscriptions; most are active and at few places, so that many collide. */
const given = (secret: fc.Arbitrary<{ secret?: string }>): fc.Arbitrary<Given[]> =>
  fc.array(
    fc
      .record({
        webhook_url: fc.oneof(
          fc.constantFrom(...Object.keys(PLACES)),
          fc.constantFrom("https://example.com/a", "https://two.tunnel.example:443/hook#x"),
        ),
        events: eventLists,
        active: fc.constantFrom(true, true, true, false),
        version: fc.constantFrom(2, 2, 2, 1),
      })
      .chain((settings) => secret.map((maybe) => ({ ...settings, ...maybe }))),
    { maxLength: 9 },
  );

/** The declared subscriptions: at most one entry for each place. */
const desired = (secret: fc.Arbitrary<{ secret?: string }>): fc.Arbitrary<DesiredSubscription[]> =>
  fc.uniqueArray(
    fc
      .record({
        webhook_url: fc.constantFrom(...Object.keys(PLACES)),
        events: eventLists,
        active: fc.constantFrom(true, true, true, false),
        replaces: fc.constantFrom([], [], [TUNNELS], ["https://example.com/b", TUNNELS]),
      })
      .chain((settings) => secret.map((maybe) => ({ ...settings, ...maybe }))),
    {
      maxLength: 4,
      // Two URLs may mean the same kind of place without being the same URL.
      comparator: (a, b) =>
        a.webhook_url === b.webhook_url ||
        (placeOf(a.webhook_url) === "a" && placeOf(b.webhook_url) === "a"),
    },
  );

const none = fc.constant({});
const always = fc.constant({ secret: SECRET });
const maybe = fc.constantFrom({}, { secret: SECRET });

const prunes = fc.constantFrom({}, { scope: SCOPE }, { scope: SCOPE, prune: true });

/** The URL that the sandbox may hold in several spellings. */
const sameUrl = (a: string, b: string): boolean =>
  a === b || (placeOf(a) === "a" && placeOf(b) === "a");

/** The subscriptions that no entry, pattern or pruned scope covers. */
function findForeign(
  sandbox: Sandbox,
  entries: readonly DesiredSubscription[],
  { prune = false }: { prune?: boolean },
): Sandbox["subscriptions"] {
  const replaced = new Set(entries.flatMap(({ replaces = [] }) => replaces));
  return sandbox.subscriptions.filter(({ webhook_url }) => {
    if (entries.some((entry) => sameUrl(entry.webhook_url, webhook_url))) return false;
    if (replaced.has(TUNNELS) && placeOf(webhook_url) === "tunnel") return false;
    if (replaced.has(webhook_url)) return false;
    return !prune || placeOf(webhook_url) !== "scope";
  });
}

/** The events that active subscriptions deliver to the URL, one for each delivery. */
const deliveredTo = (sandbox: Sandbox, url: string): string[] =>
  sandbox.subscriptions
    .filter(({ active, webhook_url }) => active && sameUrl(webhook_url, url))
    .flatMap(({ events }) => [...new Set(events)])
    .sort();

/** The declared events that are delivered, and must stay so at any time. */
const findPromised = (sandbox: Sandbox, entries: readonly DesiredSubscription[]): string[] =>
  entries.flatMap(({ webhook_url, events, active }) => {
    const delivered = deliveredTo(sandbox, webhook_url);
    return active === false
      ? []
      : events
          .filter((event) => delivered.includes(event))
          .map((event) => `${event} ${webhook_url}`);
  });

/** Creates the given subscriptions, and a client that checks deliveries after every request. */
async function begin(
  subscriptions: readonly Given[],
  entries: readonly DesiredSubscription[],
  putWithoutSecret: "keep" | "clear" = "keep",
): Promise<{ sandbox: Sandbox; linq: ReturnType<typeof composeClient>; lost: string[] }> {
  const sandbox = createSandbox({ switches: { putWithoutSecret } });
  for (const subscription of subscriptions) await post(sandbox, subscription);
  const promised = findPromised(sandbox, entries);
  const lost: string[] = [];
  const fetch = bendFetch(sandbox.fetch, async (_request, send) => {
    const response = await send();
    const delivered = findPromised(sandbox, entries);
    lost.push(...promised.filter((event) => !delivered.includes(event)));
    return response;
  });
  const linq = composeClient({ token: "any-token", fetch, lock: withoutLock }, createFastClock());
  return { sandbox, linq, lost };
}

describe("any state", () => {
  it("becomes the declared state in one run, and nothing else is touched or lost", async () => {
    await fc.assert(
      fc.asyncProperty(
        given(maybe),
        desired(always),
        prunes,
        fc.constantFrom(1, 4),
        async (subscriptions, entries, options, concurrency) => {
          const { sandbox, linq, lost } = await begin(subscriptions, entries);
          const foreign = findForeign(sandbox, entries, options);
          const { list } = linq.webhookSubscriptions;

          const plan = planSync(entries, await list(), options);
          const { failed, pending } = await applySync(linq, plan, { concurrency });
          expect([...failed, ...pending]).toEqual([]);

          const { steps } = planSync(entries, await list(), options);
          expect(steps.map(({ action }) => action)).toEqual(entries.map(() => "keep"));
          for (const { webhook_url, events, active } of entries) {
            expect(deliveredTo(sandbox, webhook_url)).toEqual(
              active === false ? [] : [...new Set(events)].sort(),
            );
          }
          expect(findForeign(sandbox, entries, options)).toEqual(foreign);
          expect(lost).toEqual([]);
        },
      ),
      { numRuns: 150 },
    );
  });

  it("without secrets loses no existing one, and fails only where one is needed", async () => {
    await fc.assert(
      fc.asyncProperty(
        given(maybe),
        desired(none),
        prunes,
        fc.constantFrom("keep", "clear"),
        async (subscriptions, entries, options, putWithoutSecret) => {
          const { sandbox, linq, lost } = await begin(subscriptions, entries, putWithoutSecret);
          const foreign = findForeign(sandbox, entries, options);
          const signed = sandbox.subscriptions.filter((old) => old.secret_configured);
          const plan = planSync(entries, await linq.webhookSubscriptions.list(), options);
          const { failed, pending } = await applySync(linq, plan);

          const blocked = plan.steps.filter((step) => step.action === "update" && step.needsSecret);
          expect(new Set(failed.map(({ step }) => step))).toEqual(new Set(blocked));
          expect(pending.length > 0).toBe(
            blocked.length > 0 && plan.steps.some(({ action }) => action === "delete"),
          );
          for (const { id, secret_configured } of sandbox.subscriptions) {
            expect(secret_configured).toBe(signed.some((old) => old.id === id));
          }
          expect(findForeign(sandbox, entries, options)).toEqual(foreign);
          expect(lost).toEqual([]);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe("any plan", () => {
  it("is the same whatever the order of the list and of events, and the spelling of URLs", () => {
    const spellings = (url: string): string =>
      placeOf(url) === "a" ? "https://EXAMPLE.com/a#other" : `${url}#`;
    fc.assert(
      fc.property(
        given(none),
        desired(always),
        prunes,
        fc.nat(),
        (rows, entries, options, seed) => {
          const actual = rows.map((row, index) => ({
            active: true,
            version: 2,
            ...row,
            events: [...row.events],
            id: index + 1,
          }));
          const plan = planSync(entries, actual, options);
          const turned = [...actual.slice(seed % 9), ...actual.slice(0, seed % 9)].map((row) => ({
            ...row,
            events: [...row.events, ...row.events].reverse(),
          }));
          const again = planSync(
            entries.map((entry) => ({
              ...entry,
              webhook_url: spellings(entry.webhook_url),
              events: [...entry.events].reverse(),
            })),
            turned,
            options,
          );
          const outline = ({ steps }: typeof plan): unknown[] =>
            steps.map((step) => [step.action, "current" in step && step.current.id]);
          expect(new Set(outline(again).map(String))).toEqual(new Set(outline(plan).map(String)));
          expect(again.fingerprint).toBe(plan.fingerprint);
        },
      ),
      { numRuns: 150 },
    );
  });
});
