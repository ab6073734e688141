import { describe, expect, it } from "vitest";
import { createConfirmed } from "../../src/subscriptions/confirmed.js";
import type { WebhookSubscription } from "../../src/subscriptions/subscription.js";
import { buildSubscription } from "../support/build-subscription.js";

const row = (id: number, over: Partial<WebhookSubscription> = {}): WebhookSubscription =>
  buildSubscription({ id, ...over });

/** A summary of the late items. */
const outline = (
  late: ReturnType<ReturnType<typeof createConfirmed>["correct"]>["late"],
): string[] => late.map(({ kind, subscription }) => `${kind} ${subscription.id}`);

it("returns a list unchanged if nothing was written", () => {
  const list = [row(1), row(2)];
  expect(createConfirmed().correct(list)).toEqual({ subscriptions: list, late: [] });
});

describe("a created subscription", () => {
  it("is added to lists until one shows it, and is then as lists show it", () => {
    const confirmed = createConfirmed();
    confirmed.create(row(2));
    const { subscriptions, late } = confirmed.correct([row(1)]);
    expect(subscriptions.map(({ id }) => id)).toEqual([1, 2]);
    expect(outline(late)).toEqual(["created 2"]);
    expect(confirmed.correct([row(1), row(2, { version: 3 })])).toEqual({
      subscriptions: [row(1), row(2, { version: 3 })],
      late: [],
    });
    // Somebody else has deleted it since.
    expect(confirmed.correct([row(1)])).toEqual({ subscriptions: [row(1)], late: [] });
  });

  it("stays for good, and is no longer late, after it has been waited for in vain", () => {
    const confirmed = createConfirmed();
    confirmed.create(row(2));
    for (const item of confirmed.correct([]).late) confirmed.settle(item);
    expect(confirmed.correct([])).toEqual({ subscriptions: [row(2)], late: [] });
  });

  it("has its last written state if it was updated before a list has shown it", () => {
    const confirmed = createConfirmed();
    const [before, after] = [row(2, { events: ["a", "b"] }), row(2, { events: ["a"] })];
    confirmed.create(before);
    confirmed.update(before, after);
    expect(confirmed.correct([])).toMatchObject({ subscriptions: [after] });
    expect(outline(confirmed.correct([before]).late)).toEqual(["created 2"]);
    expect(confirmed.correct([before]).subscriptions).toEqual([after]);
    expect(confirmed.correct([after])).toEqual({ subscriptions: [after], late: [] });
  });

  it("is gone if it was deleted before a list has shown it", () => {
    const confirmed = createConfirmed();
    confirmed.create(row(2));
    confirmed.delete(row(2));
    expect(confirmed.correct([])).toEqual({ subscriptions: [], late: [] });
    expect(outline(confirmed.correct([row(2)]).late)).toEqual(["deleted 2"]);
  });
});

describe("an updated subscription", () => {
  const before = row(1, { events: ["a", "b"], updated_at: "2025-01-01T00:00:00Z" });
  const after = row(1, { events: ["a"], updated_at: "2025-01-01T00:00:01Z" });

  it("has its written state while a list still shows the old one", () => {
    const confirmed = createConfirmed();
    confirmed.update(before, after);
    const { subscriptions, late } = confirmed.correct([before]);
    expect(subscriptions).toEqual([after]);
    expect(outline(late)).toEqual(["updated 1"]);
    expect(confirmed.correct([after])).toEqual({ subscriptions: [after], late: [] });
    // From here on, a list that shows the old state shows an edit by somebody else.
    expect(confirmed.correct([before])).toEqual({ subscriptions: [before], late: [] });
  });

  it("is as a list shows it if somebody else has changed it, even back to the old state", () => {
    const confirmed = createConfirmed();
    confirmed.update(before, after);
    const changedBack = { ...before, updated_at: "2025-01-01T00:00:02Z" };
    expect(confirmed.correct([changedBack])).toEqual({ subscriptions: [changedBack], late: [] });
  });

  it("is gone if a list does not show it", () => {
    const confirmed = createConfirmed();
    confirmed.update(before, after);
    expect(confirmed.correct([])).toEqual({ subscriptions: [], late: [] });
  });

  it("is as lists show it after it has been waited for in vain", () => {
    const confirmed = createConfirmed();
    confirmed.update(before, after);
    for (const item of confirmed.correct([before]).late) confirmed.settle(item);
    expect(confirmed.correct([before])).toEqual({ subscriptions: [before], late: [] });
  });

  it("is not waited for if nothing visible has changed", () => {
    const confirmed = createConfirmed();
    confirmed.update(before, { ...before, updated_at: "later" });
    expect(confirmed.correct([before])).toEqual({ subscriptions: [before], late: [] });
  });

  it("has its last written state while a list shows one from before several updates", () => {
    const confirmed = createConfirmed();
    const last = row(1, { events: [], updated_at: "2025-01-01T00:00:02Z" });
    confirmed.update(before, after);
    confirmed.update(after, last);
    for (const older of [before, after]) {
      expect(confirmed.correct([older]).subscriptions).toEqual([last]);
    }
  });
});

describe("a deleted subscription", () => {
  it("never comes back, however often lists show it", () => {
    const confirmed = createConfirmed();
    confirmed.delete(row(1));
    for (const list of [[row(1)], [], [row(1)]]) {
      const { subscriptions, late } = confirmed.correct(list);
      expect(subscriptions).toEqual([]);
      expect(outline(late)).toEqual(list.map(() => "deleted 1"));
    }
  });

  it("is not confused with another one that was given its id", () => {
    const confirmed = createConfirmed();
    confirmed.delete(row(1));
    const another = row(1, { created_at: "2025-01-01T00:00:09Z" });
    expect(confirmed.correct([another])).toEqual({ subscriptions: [another], late: [] });
    expect(confirmed.correct([row(1)]).subscriptions).toEqual([]);
  });

  it("is not waited for if it stays as inactive", () => {
    const confirmed = createConfirmed();
    confirmed.delete(row(1));
    expect(confirmed.correct([row(1, { active: false })])).toEqual({ subscriptions: [], late: [] });
  });
});
