import { describe, expect, it } from "vitest";
import { LinqApiError, SubscriptionNotFoundError } from "../../src/index.js";
import { applySync, planSync } from "../../src/sync/index.js";
import { createFileWorld } from "../cli/file-world.js";
import { createJudgedWorld, type JudgedWorld } from "../support/judged.js";
import { rejectionOf } from "../support/rejection.js";
import { runCli } from "../support/run-cli.js";
import { EVENT, WEBHOOK_URL } from "./ask.js";
import { createJudge } from "./judge.js";
import { startJudge } from "./start-judge.js";

const INPUT = { webhook_url: WEBHOOK_URL, events: [EVENT] } as const;

describe("a server that refuses duplicates", () => {
  it.each([409, 422] as const)(
    "with %d lets all of eight racing `ensure` calls succeed",
    async (unique) => {
      for (let seed = 1; seed <= 50; seed++) {
        const { judge, clock, connect } = createJudgedWorld({ seed, unique, latency: [5, 150] });
        const names = Array.from({ length: 8 }, (_, index) => `client-${index}`);
        const results = await clock.run(() =>
          Promise.all(names.map((name) => connect(name).webhookSubscriptions.ensure(INPUT))),
        );
        expect(results.filter(({ outcome }) => outcome === "created")).toHaveLength(1);
        expect(judge.rows()).toHaveLength(1);
      }
    },
  );

  it.each([409, 422] as const)(
    "with %d for another reason has its error passed on",
    async (unique) => {
      const { judge, clock, connect } = createJudgedWorld({ seed: 1, unique, uniqueBy: "overlap" });
      judge.addRow({ webhook_url: WEBHOOK_URL, events: [EVENT] });
      // The list never shows the one that the server means.
      judge.set({ lag: 60_000 });
      const ensure = connect("one").webhookSubscriptions.ensure(INPUT);
      const error = await rejectionOf(clock.run(() => ensure));
      expect(error).toBeInstanceOf(LinqApiError);
      expect(error).toMatchObject({ status: unique });
      expect(judge.count("POST")).toBe(1);
    },
  );
});

describe("a gateway's 404 in HTML", () => {
  const gateway404 = ["PUT", "DELETE"] as const;

  function createWorld(): JudgedWorld {
    const world = createJudgedWorld({ seed: 1, gateway404 });
    world.judge.addRow({ webhook_url: WEBHOOK_URL, events: [EVENT] });
    world.judge.addRow({ webhook_url: WEBHOOK_URL, events: [EVENT] });
    return world;
  }

  it.each<[string, (world: JudgedWorld) => Promise<unknown>]>([
    ["delete", ({ connect }) => connect("one").webhookSubscriptions.delete(1)],
    [
      "delete with ignoreMissing",
      ({ connect }) => connect("one").webhookSubscriptions.delete(1, { ignoreMissing: true }),
    ],
    ["update", ({ connect }) => connect("one").webhookSubscriptions.update(1, { version: 3 })],
    [
      "rotateSecret",
      ({ connect }) => {
        const input = { webhook_url: WEBHOOK_URL, secret: "a new secret" };
        return connect("one").webhookSubscriptions.rotateSecret(input);
      },
    ],
    ["ensure", ({ connect }) => connect("one").webhookSubscriptions.ensure(INPUT)],
    ["removeDuplicates", ({ connect }) => connect("one").webhookSubscriptions.removeDuplicates()],
    [
      "applySync, for a duplicate",
      async ({ connect }) => {
        const linq = connect("one");
        const plan = planSync([INPUT], await linq.webhookSubscriptions.list());
        throw (await applySync(linq, plan)).failed[0]?.error;
      },
    ],
    [
      "applySync, with prune",
      async ({ connect }) => {
        const linq = connect("one");
        const options = { scope: ["https://example.com/"], prune: true };
        const plan = planSync([], await linq.webhookSubscriptions.list(), options);
        throw (await applySync(linq, plan)).failed[0]?.error;
      },
    ],
  ])("never counts as not found: %s", async (_name, call) => {
    const world = createWorld();
    const error = await rejectionOf(world.clock.run(() => call(world)));
    expect(error).toBeInstanceOf(LinqApiError);
    expect(error).toMatchObject({ status: 404 });
    expect(String(error)).toContain("a proxy or gateway answered");
    expect(world.judge.rows()).toHaveLength(2);
  });

  it.each([
    [["delete", "1", "--yes", "--ignore-missing"], "answered 404"],
    [["update", "1", "--inactive", "--yes"], "answered 404"],
    [["duplicates", "--remove", "--yes"], "answered 404"],
    [["apply", "--yes"], "answered 404"],
  ])("never counts as not found on the command line: %j", async (argv, expected) => {
    const judge = createJudge({ gateway404 });
    judge.addRow({ webhook_url: WEBHOOK_URL, events: [EVENT] });
    judge.addRow({ webhook_url: WEBHOOK_URL, events: [EVENT] });
    const config = { subscriptions: [], scope: ["https://example.com/"], prune: true };
    const { run } = await createFileWorld(config);
    const { code, stdout, stderr } = await run(argv, { fetch: judge.fetch });
    expect(code).toBe(1);
    expect(stdout + stderr).toContain(expected);
    expect(judge.rows()).toMatchObject([{ active: true }, { active: true }]);
  });

  it("counts as not found once the list agrees", async () => {
    const { judge, clock, connect } = createWorld();
    judge.removeRow(1);
    const linq = connect("one").webhookSubscriptions;
    expect(await rejectionOf(clock.run(() => linq.delete(1)))).toBeInstanceOf(
      SubscriptionNotFoundError,
    );
    await clock.run(() => linq.delete(1, { ignoreMissing: true }));
    expect(await rejectionOf(clock.run(() => linq.update(1, { version: 3 })))).toBeInstanceOf(
      SubscriptionNotFoundError,
    );
  });
});

describe("over a socket", () => {
  it("the command line says that the path is wrong for a wrong base path", async () => {
    const judge = await startJudge();
    try {
      const env = { LINQ_BASE_URL: `${judge.url}/wrong` };
      const { stderr, code } = await runCli(["list"], { env, fetch: globalThis.fetch });
      expect(code).toBe(1);
      expect(stderr).toContain("the path is wrong: check LINQ_BASE_URL");
    } finally {
      await judge.close();
    }
  });
});
