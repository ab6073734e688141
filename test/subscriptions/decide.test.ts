import { describe, expect, it } from "vitest";
import { decide, type Decision, type Goal, type Own } from "../../src/subscriptions/decide.js";
import type { WebhookSubscription } from "../../src/subscriptions/subscription.js";
import { buildSubscription } from "../support/build-subscription.js";

const row = (
  id: number,
  events: string,
  over: Partial<WebhookSubscription> = {},
): WebhookSubscription => buildSubscription({ id, events: events.split(""), ...over });
const signed = { secret_configured: true };

/** A goal in short: the events, one letter each. */
const goal = (wanted: string, over: Partial<Goal> = {}): Goal => ({
  wanted: new Set(wanted),
  guarded: new Set(wanted),
  version: 2,
  hasSecret: false,
  signs: "none",
  onlyDeletes: false,
  ...over,
});
const withSecret = { hasSecret: true, signs: "missing" } as const;

const own = (over: Partial<Own> = {}): Own => ({
  ids: new Set(),
  created: new Set(),
  signed: new Set(),
  ...over,
});

/** A decision in short: `PUT 2 ab+secret`, `DELETE 3`, `POST c`, `unsigned 2`. */
function outline({ steps, obstacles }: Decision): string {
  const written = steps.map((step) => {
    if (step.action === "create") return `POST ${step.events.join("")}`;
    if (step.action === "delete") return `DELETE ${step.target.id}`;
    const secret = step.sendsSecret ? "+secret" : "";
    const version = step.version === step.target.version ? "" : ` v${step.version}`;
    return `PUT ${step.target.id} ${step.events.join("")}${secret}${version}`;
  });
  return [...written, ...obstacles.map(({ reason, target }) => `${reason} ${target.id}`)].join(
    ", ",
  );
}

describe("the steps that are left", () => {
  it.each<[string, Goal, WebhookSubscription[], string]>([
    ["nothing there", goal("ab"), [], "POST ab"],
    ["all there", goal("ab"), [row(1, "ab")], ""],
    ["all there, in parts", goal("ab"), [row(1, "a"), row(2, "b")], ""],
    ["more there than wanted", goal("a"), [row(1, "ab")], ""],
    ["some missing", goal("abc"), [row(1, "a")], "POST bc"],
    ["a duplicate", goal("a"), [row(1, "a"), row(2, "a")], "DELETE 2"],
    [
      "several duplicates",
      goal("a"),
      [row(1, "a"), row(2, "a"), row(3, "a")],
      "DELETE 2, DELETE 3",
    ],
    ["an overlap", goal("ab"), [row(1, "a"), row(2, "ab")], "PUT 2 b"],
    [
      "an overlap in a chain",
      goal("abc"),
      [row(1, "ab"), row(2, "bc"), row(3, "ca")],
      "PUT 2 c, DELETE 3",
    ],
    ["a duplicate of what is not wanted", goal("a"), [row(1, "ab"), row(2, "b")], ""],
    [
      "a duplicate and something missing",
      goal("ab"),
      [row(1, "a"), row(2, "a")],
      "DELETE 2, POST b",
    ],
    ["an event listed twice in one subscription", goal("a"), [row(1, "aa")], ""],
    ["another version", goal("a"), [row(1, "a", { version: 1 })], "PUT 1 a v2"],
    [
      "another version of what is not wanted",
      goal("a"),
      [row(1, "a"), row(2, "b", { version: 1 })],
      "",
    ],
    ["an invalid version", goal("a"), [row(1, "a", { version: "2" as never })], ""],
    [
      "an invalid version, in a duplicate",
      goal("ab"),
      [row(1, "a"), row(2, "ab", { version: {} as never })],
      "PUT 2 b v2",
    ],
  ])("with %s", (_what, wanted, rows, expected) => {
    expect(outline(decide(wanted, own(), rows))).toBe(expected);
  });
});

describe("a secret", () => {
  it.each<[string, Goal, WebhookSubscription[], string]>([
    ["is written if there is none", goal("a", withSecret), [row(1, "a")], "PUT 1 a+secret"],
    ["is kept if there is one", goal("a", withSecret), [row(1, "a", signed)], ""],
    [
      "is written to every subscription to rotate it",
      goal("a", { ...withSecret, signs: "all" }),
      [row(1, "a", signed)],
      "PUT 1 a+secret",
    ],
    [
      "is kept if the server does not say whether there is one",
      goal("a", withSecret),
      [row(1, "a", { secret_configured: null as never })],
      "",
    ],
    [
      "is sent with a trim",
      goal("ab", withSecret),
      [row(1, "a", signed), row(2, "ab", signed)],
      "PUT 2 b+secret",
    ],
    [
      "that a trim might remove prevents the trim",
      goal("ab"),
      [row(1, "a", signed), row(2, "ab", signed)],
      "secret 2",
    ],
    [
      "does not matter for a deletion",
      goal("a"),
      [row(1, "a", signed), row(2, "a", signed)],
      "DELETE 2",
    ],
    [
      "of a duplicate prevents its deletion if the lowest id has none",
      goal("a"),
      [row(1, "a"), row(2, "a", signed)],
      "unsigned 2",
    ],
    [
      "is written to the lowest id first",
      goal("a", withSecret),
      [row(1, "a"), row(2, "a", signed)],
      "PUT 1 a+secret, DELETE 2",
    ],
    [
      "of a foreign subscription is not overwritten",
      goal("a", withSecret),
      [row(1, "a", signed), row(2, "ax", signed)],
      "foreign 2",
    ],
    [
      "is not written to a foreign subscription",
      goal("a", withSecret),
      [row(1, "ax")],
      "foreign 1",
    ],
    [
      "is not sent to a foreign subscription that has none",
      goal("a", { ...withSecret, signs: "none" }),
      [row(1, "a"), row(2, "ax")],
      "PUT 2 x",
    ],
  ])("%s", (_what, wanted, rows, expected) => {
    expect(outline(decide(wanted, own(), rows))).toBe(expected);
  });

  it("is written only once to each subscription in a rotation", () => {
    const rotate = goal("a", { ...withSecret, signs: "all" });
    expect(outline(decide(rotate, own({ signed: new Set([1]) }), [row(1, "a", signed)]))).toBe("");
  });
});

describe("a subscription that this call has made", () => {
  it("may be trimmed, whatever else it delivers", () => {
    const rows = [row(1, "a", signed), row(2, "ax", signed)];
    const ours = own({ ids: new Set([2]) });
    expect(outline(decide(goal("a", withSecret), ours, rows))).toBe("PUT 2 x+secret");
  });

  it("is deleted even with a secret, because nobody relies on it yet", () => {
    const rows = [row(1, "a"), row(2, "a", signed)];
    const ours = own({ ids: new Set([2]), created: new Set([2]) });
    expect(outline(decide(goal("a"), ours, rows))).toBe("DELETE 2");
  });
});

describe("a version", () => {
  it("of a duplicate prevents its deletion if the lowest id has another and none is wanted", () => {
    const rows = [row(1, "a", { version: 1 }), row(2, "a", { version: 3 })];
    expect(outline(decide(goal("a", { version: undefined }), own(), rows))).toBe("version 2");
  });

  it("is written to the lowest id first if it is wanted", () => {
    const rows = [row(1, "a", { version: 1 }), row(2, "a")];
    expect(outline(decide(goal("a"), own(), rows))).toBe("PUT 1 a v2, DELETE 2");
  });
});

describe("a caller that only deletes", () => {
  const deletes = (guarded: string): Goal =>
    goal("", { guarded: new Set(guarded), version: undefined, onlyDeletes: true });

  it.each([
    ["what lower ids deliver", "ab", [row(1, "a"), row(2, "b"), row(3, "ab")], "DELETE 3"],
    ["nothing that merely overlaps", "b", [row(1, "ab"), row(2, "bc")], ""],
    [
      "nothing signed in favour of an unsigned one",
      "a",
      [row(1, "a"), row(2, "a", signed)],
      "unsigned 2",
    ],
    ["no lower id, even if redundant", "a", [row(1, "a"), row(2, "ab")], ""],
  ])("deletes %s", (_what, guarded, rows, expected) => {
    expect(outline(decide(deletes(guarded), own(), rows))).toBe(expected);
  });
});

it("leaves each event to one subscription, and changes none with the lowest id", () => {
  // Every way in which three subscriptions can share two events.
  const sets = ["a", "b", "ab"];
  for (const first of sets) {
    for (const second of sets) {
      for (const third of sets) {
        const rows = [row(1, first), row(2, second), row(3, third)];
        const { steps } = decide(goal("ab"), own(), rows);
        const left = rows.flatMap((current) => {
          const step = steps.find((found) => "target" in found && found.target === current);
          if (step === undefined) return current.events;
          return step.action === "update" ? step.events : [];
        });
        const posted = steps.flatMap((step) => (step.action === "create" ? step.events : []));
        expect([...left, ...posted].sort(), `${first} ${second} ${third}`).toEqual(["a", "b"]);
        expect(steps.every((step) => !("target" in step) || step.target.id !== 1)).toBe(true);
      }
    }
  }
});
