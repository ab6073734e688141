import { describe, expect, it } from "vitest";
import { InvalidInputError, type WebhookSubscription } from "../../src/index.js";
import { type DesiredSubscription, type PlanOptions, planSync } from "../../src/sync/index.js";
import { buildSubscription } from "../support/build-subscription.js";
import { thrownBy } from "../support/rejection.js";

const webhook_url = "https://example.com/hook";
const secret = "a secret of the tests";
const entry: DesiredSubscription = { webhook_url, events: ["message.sent", "message.read"] };
const events = ["message.sent", "message.read"];
const rowOf = (id: number, over: Partial<WebhookSubscription> = {}): WebhookSubscription =>
  buildSubscription({ id, webhook_url, events, ...over });

/** The steps of a plan in short: what is done to which id. */
function outline(
  desired: readonly DesiredSubscription[],
  actual: readonly WebhookSubscription[],
  options?: PlanOptions,
): string[] {
  return planSync(desired, actual, options).steps.map((step) =>
    step.action === "create" ? `create ${step.webhook_url}` : `${step.action} ${step.current.id}`,
  );
}

describe("an entry", () => {
  it("is created when nothing exists at its URL", () => {
    expect(planSync([{ ...entry, secret }], []).steps).toEqual([
      {
        action: "create",
        webhook_url,
        reason: "nothing is at this URL yet",
        input: { webhook_url, events, active: true, version: 2 },
        writesSecret: true,
      },
    ]);
  });

  it("is kept when everything is as declared", () => {
    expect(planSync([entry], [rowOf(3)]).steps).toEqual([
      {
        action: "keep",
        webhook_url,
        reason: "webhook subscription 3 is as declared",
        current: rowOf(3),
        input: { webhook_url, events, active: true, version: 2 },
      },
    ]);
  });

  it.each([
    ["the order of events", { events: [...events].reverse() }],
    ["repeated events", { events: [...events, ...events] }],
    ["a fragment", { webhook_url: `${webhook_url}#here` }],
    ["capitals, ports and dots", { webhook_url: "HTTPS://EXAMPLE.com:443/a/../hook" }],
    ["a secret that the entry does not tell", { secret_configured: true }],
  ])("is kept regardless of %s", (_what, over) => {
    expect(outline([entry], [rowOf(3, over)])).toEqual(["keep 3"]);
  });

  it.each([
    [
      "events",
      { events: ["message.sent", "call.completed", "call.completed"] },
      { from: ["call.completed", "message.sent"], to: ["message.read", "message.sent"] },
      "gets different events",
    ],
    ["active", { active: false }, { from: false, to: true }, "is resumed"],
    ["version", { version: 1 }, { from: 1, to: 2 }, "gets version 2"],
  ])("is updated where %s differ", (field, over, change, reason) => {
    expect(planSync([entry], [rowOf(3, over)]).steps).toEqual([
      {
        action: "update",
        webhook_url,
        reason: `webhook subscription 3 ${reason}`,
        current: rowOf(3, over),
        changes: [{ field, ...change }],
        input: { webhook_url, events, active: true, version: 2 },
        writesSecret: false,
        needsSecret: false,
      },
    ]);
  });

  it("lists all changes in one step", () => {
    const [step] = planSync(
      [{ ...entry, version: 3, active: false, secret }],
      [rowOf(3, { events: ["call.completed"] })],
    ).steps;
    expect(step).toMatchObject({
      action: "update",
      reason:
        "webhook subscription 3 gets different events, is paused, gets version 3, gets its secret",
      changes: [
        { field: "events" },
        { field: "active" },
        { field: "version" },
        { field: "secret" },
      ],
    });
  });

  it("does not show server fields that are not in the specification", () => {
    const odd = { ...rowOf(3), signing_secret: secret };
    const extra = { ...rowOf(4), signing_secret: secret };
    expect(JSON.stringify(planSync([entry], [odd, extra]))).not.toContain(secret);
  });
});

describe("secrets", () => {
  const changed = { events: ["call.completed"] };

  /** The subscription with the secret state that the API reports, if any. */
  function tell(
    subscription: WebhookSubscription,
    secret_configured: boolean | undefined,
  ): WebhookSubscription {
    if (secret_configured !== undefined) return { ...subscription, secret_configured };
    const silent = { ...subscription };
    delete silent.secret_configured;
    return silent;
  }

  it.each([
    ["are written where none is configured", false, {}, ["secret"]],
    ["are written where the API does not report one", undefined, {}, ["secret"]],
    ["are not written where one is configured", true, {}, undefined],
    ["are rotated on demand", true, { rotateSecrets: true }, ["secret"]],
  ])("%s", (_what, secret_configured, options, fields) => {
    const actual = tell(rowOf(3), secret_configured);
    const [step] = planSync([{ ...entry, secret }], [actual], options).steps;
    if (fields) expect(step).toMatchObject({ changes: fields.map((field) => ({ field })) });
    else expect(step).toMatchObject({ action: "keep" });
    if (fields) expect(step).toMatchObject({ writesSecret: true, needsSecret: false });
  });

  it("are sent with every other change, without counting as one", () => {
    const [step] = planSync(
      [{ ...entry, secret }],
      [rowOf(3, { ...changed, secret_configured: true })],
    ).steps;
    expect(step).toMatchObject({ writesSecret: true, needsSecret: false });
    expect(step).toHaveProperty("changes.length", 1);
  });

  it.each([
    [true, true],
    [undefined, true],
    [false, false],
  ])("are needed for a change where one is configured (%s): %s", (configured, needsSecret) => {
    const actual = tell(rowOf(3, changed), configured);
    const [step] = planSync([entry], [actual]).steps;
    expect(step).toMatchObject({ action: "update", writesSecret: false, needsSecret });
    expect(step?.reason.includes("must have a secret")).toBe(needsSecret);
  });

  it("are not rotated where the entry has none", () => {
    const actual = [rowOf(3, { secret_configured: true })];
    expect(outline([entry], actual, { rotateSecrets: true })).toEqual(["keep 3"]);
  });
});

describe("of several at one URL", () => {
  it.each([
    ["an active one", [{ active: false, secret_configured: true }, {}], ["keep 2"]],
    ["the lowest id", [{}, {}], ["keep 1", "delete 2"]],
    [
      "the lowest id, with the secret that it lacks,",
      [{}, { secret_configured: true }],
      ["update 1", "delete 2"],
    ],
    [
      "the lowest id, whichever delivered last,",
      [{}, { last_delivered_at: "2025-02-01T00:00:00Z" }],
      ["keep 1", "delete 2"],
    ],
    [
      "the lowest id that delivers a declared event",
      [{ events: ["call.completed"] }, {}],
      ["keep 2", "delete 1"],
    ],
  ])("%s stays", (_what, [first, second], steps) => {
    const actual = [rowOf(1, first), rowOf(2, second)];
    expect(outline([entry], actual)).toEqual(steps);
    expect(outline([entry], actual.reverse())).toEqual(steps);
  });

  it.each([
    ["is a duplicate of", events],
    ["is a duplicate of", ["message.read"]],
    ["overlaps with", ["message.read", "call.completed"]],
    ["also delivers to the URL of", ["call.completed"]],
  ])("one that %s the one that stays is deleted (%j)", (relation, others) => {
    const spelling = `${webhook_url}#other`;
    const further = rowOf(5, { webhook_url: spelling, events: others });
    expect(planSync([entry], [rowOf(3), further]).steps[1]).toEqual({
      action: "delete",
      webhook_url: spelling,
      reason: `webhook subscription 5 ${relation} webhook subscription 3`,
      current: further,
    });
  });

  it("inactive ones are left unchanged, without a step", () => {
    expect(outline([entry], [rowOf(3), rowOf(4, { active: false })])).toEqual(["keep 3"]);
  });

  it("an inactive one is resumed where none is active", () => {
    const actual = [
      rowOf(3, { active: false }),
      rowOf(4, { active: false, secret_configured: true }),
    ];
    expect(outline([{ ...entry, secret }], actual)).toEqual(["update 3"]);
  });
});

describe("an entry that is not active", () => {
  const paused: DesiredSubscription = { ...entry, active: false };

  it("is created paused, pauses an active subscription, and keeps a paused one", () => {
    expect(outline([paused], [])).toEqual([`create ${webhook_url}`]);
    expect(outline([paused], [rowOf(3)])).toEqual(["update 3"]);
    expect(outline([paused], [rowOf(3, { active: false })])).toEqual(["keep 3"]);
  });

  it("leaves nothing active at its URL", () => {
    expect(outline([paused], [rowOf(3), rowOf(4), rowOf(5, { active: false })])).toEqual([
      "update 3",
      "delete 4",
    ]);
  });

  it("keeps the one that is as declared among several paused ones", () => {
    const other = rowOf(3, { active: false, events: ["call.completed"] });
    expect(outline([paused], [other, rowOf(4, { active: false })])).toEqual(["keep 4"]);
  });

  it("keeps the one with a secret among several as declared, if it declares one", () => {
    const unsigned = rowOf(3, { active: false, secret_configured: false });
    const signed = rowOf(4, { active: false, secret_configured: true });
    const secret = "the secret of all";
    expect(outline([{ ...paused, secret }], [unsigned, signed])).toEqual(["keep 4"]);
    expect(outline([paused], [unsigned, signed])).toEqual(["keep 3"]);
  });
});

describe("a subscription that an entry replaces", () => {
  const moving: DesiredSubscription = { ...entry, replaces: ["https://*.tunnel.example/hook"] };
  const old = (id: number, over: Partial<WebhookSubscription> = {}): WebhookSubscription =>
    rowOf(id, { webhook_url: `https://host${id}.tunnel.example/hook`, ...over });

  it("moves to the entry's URL when nothing exists there", () => {
    expect(planSync([moving], [old(3)]).steps).toMatchObject([
      {
        action: "update",
        webhook_url,
        reason: "webhook subscription 3 moves here from https://host3.tunnel.example/hook",
        current: old(3),
        changes: [
          { field: "webhook_url", from: "https://host3.tunnel.example/hook", to: webhook_url },
        ],
      },
    ]);
  });

  it("needs the secret for its move if one is configured", () => {
    const [step] = planSync([moving], [old(3, { secret_configured: true })]).steps;
    expect(step).toMatchObject({ action: "update", needsSecret: true });
  });

  it("moves if it has the lowest id, and is deleted if another active one moves", () => {
    const actual = [old(3), old(4, { active: false }), old(5, { secret_configured: true }), old(6)];
    const plan = planSync([{ ...moving, secret }], actual);
    expect(plan.steps.map(({ action, reason }) => [action, reason])).toEqual([
      [
        "update",
        "webhook subscription 3 moves here from https://host3.tunnel.example/hook, gets its secret",
      ],
      ["delete", "webhook subscription 5 is replaced by webhook subscription 3"],
      ["delete", "webhook subscription 6 is replaced by webhook subscription 3"],
    ]);
  });

  it("moves even if it is inactive when none is active", () => {
    expect(outline([moving], [old(3, { active: false }), old(4, { active: false })])).toEqual([
      "update 3",
    ]);
  });

  it("is deleted when something already exists at the entry's URL", () => {
    expect(outline([moving], [rowOf(3), old(4), old(5, { active: false })])).toEqual([
      "keep 3",
      "delete 4",
    ]);
    expect(outline([moving], [rowOf(3, { active: false }), old(4)])).toEqual([
      "update 3",
      "delete 4",
    ]);
  });

  it("is never taken from the URL of another entry", () => {
    const other = { ...entry, webhook_url: "https://host4.tunnel.example/hook" };
    expect(outline([moving, other], [old(4)])).toEqual([`create ${webhook_url}`, "keep 4"]);
    expect(outline([other, moving], [old(4)])).toEqual(["keep 4", `create ${webhook_url}`]);
  });

  it("moves to the first entry that names it", () => {
    const second = { ...moving, webhook_url: "https://example.com/second" };
    expect(outline([moving, second], [old(3)])).toEqual([
      "update 3",
      "create https://example.com/second",
    ]);
    expect(outline([second, moving], [old(3)])).toEqual(["update 3", `create ${webhook_url}`]);
  });

  it("stays at its URL when two entries name each other", () => {
    const other = "https://example.com/other";
    const steps = outline(
      [
        { ...entry, replaces: [other] },
        { ...entry, webhook_url: other, replaces: [webhook_url] },
      ],
      [rowOf(1), rowOf(2, { webhook_url: other })],
    );
    expect(steps).toEqual(["keep 1", "keep 2"]);
  });
});

describe("a foreign subscription", () => {
  const foreign = rowOf(9, { webhook_url: "https://example.com/foreign" });

  it("has no step", () => {
    expect(outline([entry], [foreign, rowOf(3)])).toEqual(["keep 3"]);
    expect(outline([], [foreign])).toEqual([]);
  });

  it("has no step without `prune`, even in the scope", () => {
    expect(outline([entry], [foreign, rowOf(3)], { scope: ["https://example.com"] })).toEqual([
      "keep 3",
    ]);
  });

  it("does not change the fingerprint", () => {
    const { fingerprint } = planSync([entry], [rowOf(3)]);
    expect(planSync([entry], [foreign, rowOf(3)]).fingerprint).toBe(fingerprint);
    const pruning = { scope: ["https://example.com"], prune: true };
    expect(planSync([entry], [foreign, rowOf(3)], pruning).fingerprint).not.toBe(fingerprint);
    const replacing = { ...entry, replaces: [foreign.webhook_url] };
    expect(planSync([replacing], [foreign, rowOf(3)]).fingerprint).not.toBe(fingerprint);
  });

  it("is deleted in the scope with `prune`, active or not", () => {
    const scope = ["https://example.com/hooks"];
    const at = (id: number, path: string, active = true): WebhookSubscription =>
      rowOf(id, { webhook_url: `https://example.com/${path}`, active });
    const actual = [at(1, "hooks/old"), at(2, "hooksx"), at(3, "hooks/off", false), foreign];
    const plan = planSync([], actual, { scope, prune: true });
    expect(plan.steps).toEqual(
      [0, 2].map((index) => ({
        action: "delete",
        webhook_url: actual[index]?.webhook_url,
        reason: `webhook subscription ${index + 1} is in the scope but not declared`,
        current: actual[index],
      })),
    );
  });

  it("with `prune` may be an inactive one at the URL of an entry", () => {
    const options = { scope: ["https://example.com"], prune: true };
    const plan = planSync([entry], [rowOf(3), rowOf(4, { active: false })], options);
    expect(plan.steps.map(({ reason }) => reason)).toEqual([
      "webhook subscription 3 is as declared",
      "webhook subscription 4 is inactive at the URL of webhook subscription 3",
    ]);
  });
});

describe("a plan", () => {
  it("lists the entries in their order, and then the deletions", () => {
    const urls = ["b", "a", "c"].map((path) => `https://example.com/${path}`);
    const desired = urls.map((url) => ({ ...entry, webhook_url: url }));
    const actual = urls
      .slice(1)
      .flatMap((url, index) => [
        rowOf(10 + index, { webhook_url: url }),
        rowOf(20 + index, { webhook_url: url }),
      ]);
    expect(outline(desired, actual)).toEqual([
      "create https://example.com/b",
      "keep 10",
      "keep 11",
      "delete 20",
      "delete 21",
    ]);
  });

  it("does not modify its arguments", () => {
    const freeze = <T>(value: T): T => {
      if (typeof value === "object" && value !== null) Object.values(value).forEach(freeze);
      return Object.freeze(value);
    };
    const actual = freeze([rowOf(3), rowOf(4, { events: ["call.completed"] })]);
    expect(outline(freeze([{ ...entry, replaces: [] }]), actual)).toEqual(["keep 3", "delete 4"]);
  });
});

describe.each([
  ["scope", { prune: true }],
  ["scope", { prune: true, scope: [] }],
  ["scope", { scope: "https://example.com" }],
  ["scope[0]", { scope: ["example.com"] }],
  ["prune", { prune: 1 }],
  ["rotateSecrets", { rotateSecrets: "yes" }],
  ["allowUnknownEvents", { allowUnknownEvents: 1 }],
  ["options.pruned", { pruned: true }],
  ["options", null],
])("%s of %j", (field, options) => {
  it("is refused by name", () => {
    // JavaScript can pass what the types do not allow.
    const error = thrownBy(() => planSync([], [], options as PlanOptions));
    expect(error).toBeInstanceOf(InvalidInputError);
    expect(error).toMatchObject({ field });
  });
});

it("refuses a value that is not a list of subscriptions", () => {
  // JavaScript can pass what the types do not allow.
  const answer = { webhook_subscriptions: [] } as unknown as WebhookSubscription[];
  expect(thrownBy(() => planSync([], answer))).toMatchObject({ field: "actual" });
});

it("accepts unknown events with `allowUnknownEvents`", () => {
  const newer = { webhook_url, events: ["message.edited"] };
  expect(planSync([newer], [], { allowUnknownEvents: true }).steps).toHaveLength(1);
});

it("accepts text that is not a URL, as a server may hold anything", () => {
  const odd = rowOf(8, { webhook_url: "not a url" });
  expect(outline([entry], [odd], { scope: ["https://example.com"], prune: true })).toEqual([
    `create ${webhook_url}`,
  ]);
});
