import { describe, expect, it } from "vitest";
import { InvalidInputError, InvalidResponseError, type EventName } from "../../src/index.js";
import { applySync, planSync } from "../../src/sync/index.js";
import { createJudgedWorld, type JudgedWorld } from "../support/judged.js";
import type { JudgeOptions } from "./judge.js";

interface Input {
  readonly webhook_url: string;
  readonly events: readonly EventName[];
}

/** A server that stores something else, what it is asked to store, and what it stores instead. */
const SERVERS: readonly [
  name: string,
  knobs: Partial<JudgeOptions>,
  asked: Input,
  stored: Partial<Input>,
][] = [
  ["adds a slash", { respell: ["addSlash"] }, at("/hook"), at("/hook/")],
  ["drops a slash", { respell: ["dropSlash"] }, at("/hook/"), at("/hook")],
  ["writes lower case", { respell: ["lowerCase"] }, at("/Hook"), at("/hook")],
  ["decodes", { respell: ["decode"] }, at("/%7Ehook"), at("/~hook")],
  ["sorts the query", { respell: ["sortQuery"] }, at("/hook?b=2&a=1"), at("/hook?a=1&b=2")],
  ["drops a lone ?", { respell: ["dropQuestionMark"] }, at("/hook?"), at("/hook")],
  [
    "drops an event",
    { events: { dropped: "message.read" } },
    at("/hook", ["message.sent", "message.read"]),
    { events: ["message.sent"] },
  ],
  [
    "takes one event only",
    { events: { capped: 1 } },
    at("/hook", ["message.sent", "message.read"]),
    { events: ["message.sent"] },
  ],
  [
    "adds an event",
    { events: { added: "call.completed" } },
    at("/hook"),
    { events: ["message.sent", "call.completed"] },
  ],
];

function at(path: string, events: readonly EventName[] = ["message.sent"]): Input {
  return { webhook_url: `https://example.com${path}`, events };
}

async function apply({ connect }: JudgedWorld, input: Input): Promise<unknown[]> {
  const linq = connect("apply");
  const plan = planSync([input], await linq.webhookSubscriptions.list());
  const { failed } = await applySync(linq, plan);
  return failed.map(({ error }) => error);
}

describe.each(SERVERS)("a server that %s", (_name, knobs, asked, stored) => {
  const isUrl = "webhook_url" in stored;
  const field = isUrl ? "webhook_url" : "events";

  it("has at most one subscription after five starts, and the error says what to write", async () => {
    const { judge, clock, connect } = createJudgedWorld({ seed: 1, ...knobs });
    for (let start = 1; start <= 5; start++) {
      const error: unknown = await clock
        .run(() => connect(`start-${start}`).webhookSubscriptions.ensure(asked))
        .catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(InvalidResponseError);
      expect(error).toMatchObject({ field: `webhook_subscription.${field}` });
      expect(String(error)).toContain(JSON.stringify(isUrl ? stored.webhook_url : stored.events));
      expect(String(error)).toContain(`webhook subscription ${start} was deleted again`);
      expect(String(error)).toContain(`write \`${field}\` as the server stores it`);
      expect(judge.rows().length).toBeLessThanOrEqual(1);
    }
  });

  it("has one subscription for what it stores, unchanged from the second start on", async () => {
    const { judge, clock, connect } = createJudgedWorld({ seed: 1, ...knobs });
    const outcomes: string[] = [];
    for (let start = 1; start <= 3; start++) {
      const linq = connect(`start-${start}`);
      const ensure = linq.webhookSubscriptions.ensure({ ...asked, ...stored });
      outcomes.push((await clock.run(() => ensure)).outcome);
    }
    expect(outcomes).toEqual(["created", "unchanged", "unchanged"]);
    expect(judge.rows()).toHaveLength(1);
  });

  it("has at most one after five `apply` calls, and one if the entry says what is stored", async () => {
    const world = createJudgedWorld({ seed: 1, ...knobs });
    const { judge, clock } = world;
    for (let nth = 1; nth <= 5; nth++) {
      const [error] = await clock.run(() => apply(world, asked));
      expect(error).toBeInstanceOf(InvalidResponseError);
      expect(judge.rows().length).toBeLessThanOrEqual(1);
    }
    for (let nth = 1; nth <= 2; nth++) {
      expect(await clock.run(() => apply(world, { ...asked, ...stored }))).toEqual([]);
      expect(judge.rows()).toHaveLength(1);
    }
  });

  it("keeps one subscription if its DELETE fails, and the error names it", async () => {
    const { judge, clock, connect } = createJudgedWorld({ seed: 1, ...knobs });
    judge.set({ errors: { before: { DELETE: 1 } } });
    const ensure = connect("one").webhookSubscriptions.ensure(asked);
    const error: unknown = await clock.run(() => ensure).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InvalidResponseError);
    expect(String(error)).toContain("webhook subscription 1 could not be deleted again");
    expect(judge.rows()).toHaveLength(1);
  });
});

it.each<[string, Partial<JudgeOptions>]>([
  ["in Unicode", { respell: ["unicode"] }],
  ["in Punycode", { respell: ["punycode"] }],
])("a server that writes hosts %s stores the same URL", async (_how, knobs) => {
  const { judge, clock, connect } = createJudgedWorld({ seed: 1, ...knobs });
  const outcomes: string[] = [];
  for (const webhook_url of ["https://bücher.example/", "https://xn--bcher-kva.example/"]) {
    const input = { webhook_url, events: ["message.sent"] };
    const ensure = connect("one").webhookSubscriptions.ensure(input);
    outcomes.push((await clock.run(() => ensure)).outcome);
  }
  expect(outcomes).toEqual(["created", "unchanged"]);
  expect(judge.rows()).toHaveLength(1);
});

it("a server whose ids are text receives no write, and the error names the field", async () => {
  const world = createJudgedWorld({ seed: 1, ids: "text" });
  const { judge, clock, connect } = world;
  judge.addRow(at("/hook"));
  judge.addRow(at("/hook"));
  const { ensure, create, removeDuplicates, update } = connect("one").webhookSubscriptions;
  const calls = [
    () => ensure(at("/hook")),
    () => create(at("/other")),
    () => removeDuplicates(),
    () => update(1, { events: ["message.read"] }),
    () => apply(world, at("/hook")),
  ];
  for (const call of calls) {
    const error: unknown = await clock.run<unknown>(call).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InvalidResponseError);
    expect(error).toMatchObject({ field: "webhook_subscriptions[0].id" });
  }
  expect(judge.count("GET")).toBe(judge.requests.length);
});

describe("a subscription whose URL is stored in another spelling", () => {
  it.each(SERVERS.filter(([, , , stored]) => "webhook_url" in stored))(
    "prevents the POST: %s",
    async (_name, _knobs, asked, stored) => {
      const { judge, clock, connect } = createJudgedWorld({ seed: 1 });
      judge.addRow({ ...asked, ...stored, events: ["message.sent"] });
      const { ensure, create } = connect("one").webhookSubscriptions;
      for (const call of [() => ensure(asked), () => create(asked)]) {
        const error: unknown = await clock.run<unknown>(call).catch((reason: unknown) => reason);
        expect(error).toBeInstanceOf(InvalidInputError);
        expect(error).toMatchObject({ field: "webhook_url" });
        expect(String(error)).toContain(`webhook subscription 1, "${stored.webhook_url ?? ""}"`);
      }
      expect(judge.count("POST")).toBe(0);
    },
  );

  it("is ignored with `allowDuplicate`, or if ours exists as well", async () => {
    const { judge, clock, connect } = createJudgedWorld({ seed: 1 });
    judge.addRow({ ...at("/hook/"), events: ["message.sent"] });
    const linq = connect("one").webhookSubscriptions;
    await clock.run(() => linq.create(at("/hook"), { allowDuplicate: true }));
    await clock.run(() => linq.ensure(at("/hook", ["message.sent", "message.read"])));
    expect(judge.rows().map(({ webhook_url }) => new URL(webhook_url).pathname)).toEqual([
      "/hook/",
      "/hook",
      "/hook",
    ]);
  });
});
