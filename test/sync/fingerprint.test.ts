import fc from "fast-check";
import { expect, it } from "vitest";
import { fingerprintOf } from "../../src/sync/fingerprint.js";
import { buildSubscription } from "../support/build-subscription.js";

const base = buildSubscription({ id: 7, events: ["message.sent", "message.read"] });

it.each([
  ["the order of events", { events: ["message.read", "message.sent"] }],
  ["repeated events", { events: ["message.read", "message.sent", "message.read"] }],
  ["deliveries", { last_delivered_at: "2025-02-01T00:00:00Z", delivery_attempts: 9 }],
  ["timestamps", { created_at: "2025-02-01T00:00:00Z", updated_at: "2025-02-01T00:00:00Z" }],
])("ignores %s", (_what, over) => {
  expect(fingerprintOf([{ ...base, ...over }])).toBe(fingerprintOf([base]));
});

it.each([
  ["another id", { id: 8 }],
  ["another URL", { webhook_url: "https://example.com/other" }],
  ["another spelling of the URL", { webhook_url: "https://EXAMPLE.com/hook" }],
  ["another event", { events: ["message.sent", "message.received"] }],
  ["one event less", { events: ["message.sent"] }],
  ["a pause", { active: false }],
  ["another version", { version: 1 }],
  ["a secret", { secret_configured: true }],
])("changes with %s", (_what, over) => {
  expect(fingerprintOf([{ ...base, ...over }])).not.toBe(fingerprintOf([base]));
});

it("ignores the order of subscriptions, and changes with their number", () => {
  const list = [1, 2, 3].map((id) => ({ ...base, id }));
  expect(fingerprintOf([...list].reverse())).toBe(fingerprintOf(list));
  expect(fingerprintOf(list.slice(1))).not.toBe(fingerprintOf(list));
  expect(fingerprintOf([])).not.toBe(fingerprintOf(list));
});

it("treats a `secret_configured` of null like one that the API leaves out", () => {
  const silent = { ...base };
  delete silent.secret_configured;
  // The specification has no null here, but servers do.
  const nothing = { ...silent, secret_configured: null as unknown as boolean };
  expect(fingerprintOf([silent])).toBe(fingerprintOf([nothing]));
});

it("is short, plain and practically unique for each list", () => {
  const seen = new Map<string, string>();
  const lists = fc.array(fc.record({ id: fc.nat(50), active: fc.boolean(), version: fc.nat(3) }), {
    maxLength: 4,
  });
  fc.assert(
    fc.property(lists, (list) => {
      const fingerprint = fingerprintOf(list.map((over) => ({ ...base, ...over })));
      const key = JSON.stringify(list.map((over) => JSON.stringify(over)).sort());
      expect(fingerprint).toMatch(/^[0-9a-f]{16}$/);
      expect(seen.get(fingerprint) ?? key).toBe(key);
      seen.set(fingerprint, key);
    }),
    { numRuns: 2_000 },
  );
});
