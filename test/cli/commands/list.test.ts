import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { EVENT_NAMES } from "../../../src/index.js";
import { runCli } from "../../support/run-cli.js";
import { createFileWorld, type FileWorld } from "../file-world.js";

const SENT = ["message.sent"] as const;

describe("list", () => {
  it("says that an account has no subscriptions", async () => {
    const { run } = await createFileWorld();
    expect(await run(["list"])).toEqual({
      code: 0,
      stdout: "The account has no subscriptions. `linq-webhooks ensure` adds one.\n",
      stderr: "",
    });
    expect((await run(["list", "--json"])).stdout).toBe('{"version":1,"subscriptions":[]}\n');
  });

  it("prints an aligned table with the age of each last delivery", async () => {
    let now = Date.parse("2025-06-01T11:57:00Z");
    const world = await createFileWorld(undefined, {
      now: () => now,
      receivers: { "https://example.com/a": () => new Response() },
    });
    await world.give(
      {
        webhook_url: "https://example.com/a",
        events: ["message.sent", "message.read"],
        secret: "a secret of ours",
      },
      { webhook_url: "https://example.com/longer", events: SENT, active: false },
    );
    await world.sandbox.emit("message.sent");
    now = 0;
    expect(await world.run(["list"])).toEqual({
      code: 0,
      stdout: `ID  URL                         EVENTS                      ACTIVE  SECRET  LAST DELIVERY  ATTEMPTS
 1  https://example.com/a       message.sent, message.read  yes     yes     3 min ago             1
 2  https://example.com/longer  message.sent                no      no      never                 0
`,
      stderr: "",
    });
  });

  it("prints unexpected values in fields that no decision depends on", async () => {
    const odd = {
      ...{ id: 1, webhook_url: "https://example.com/a", events: SENT, active: true },
      ...{ version: { toString: 1 }, secret_configured: "yes", delivery_attempts: { a: 1 } },
      ...{ last_delivered_at: 7, created_at: [1], updated_at: { valueOf: null } },
    };
    const fetch = (): Promise<Response> =>
      Promise.resolve(Response.json({ webhook_subscriptions: [odd] }));
    const list = await runCli(["list"], { fetch });
    expect(list).toMatchObject({ code: 0, stderr: "" });
    expect(list.stdout).toMatch(/\n 1 {2}https.* no {6}7 +\{"a":1\}\n$/);
    const get = await runCli(["get", "1"], { fetch });
    expect(get).toMatchObject({ code: 0, stderr: "" });
    expect(get.stdout).toContain('{"toString":1}');
    expect((await runCli(["list", "--json"], { fetch })).code).toBe(0);
    expect((await runCli(["duplicates"], { fetch })).code).toBe(0);
  });

  it("marks subscriptions that deliver an event twice, and says how to clean up", async () => {
    const { run, give } = await createFileWorld();
    await give(
      { webhook_url: "https://example.com/a", events: SENT },
      { webhook_url: "https://example.com/b", events: SENT },
      { webhook_url: "https://example.com/a", events: SENT },
    );
    const { stdout } = await run(["list"]);
    const marked = stdout.split("\n").filter((line) => line.endsWith("  twice"));
    expect(marked.map((line) => line.trim()[0])).toEqual(["1", "3"]);
    expect(stdout).toMatch(
      /more than once: `linq-webhooks duplicates` .* --remove it cleans up\.\n$/,
    );
    expect((await run(["list"], { isTTY: true })).stdout).toContain("\u001b[31mtwice\u001b[39m");
  });

  it("advises to change the events when no subscription is redundant", async () => {
    const { run, give } = await createFileWorld();
    await give(
      { webhook_url: "https://example.com/a", events: ["message.sent", "message.read"] },
      { webhook_url: "https://example.com/a", events: ["message.sent", "call.completed"] },
    );
    expect((await run(["list"])).stdout).toContain(
      "`linq-webhooks update` can change their events",
    );
  });

  it("prints every known field, and no other, with --json", async () => {
    const fetch = (): Promise<Response> =>
      Promise.resolve(
        Response.json({
          webhook_subscriptions: [
            { id: 2, webhook_url: "https://b", version: 2, events: [], active: true, surprise: 1 },
            {
              id: 1,
              webhook_url: "https://a\u009b",
              version: 2,
              events: ["new.event"],
              active: false,
            },
          ],
        }),
      );
    const { code, stdout } = await runCli(["list", "--json"], { fetch });
    expect(code).toBe(0);
    expect(stdout).toBe(
      `${String.raw`{"version":1,"subscriptions":[{"id":1,"webhook_url":"https://a\u009b","version":2,"events":["new.event"],"active":false},{"id":2,"webhook_url":"https://b","version":2,"events":[],"active":true}]}`}\n`,
    );
  });
});

describe("list with a filter", () => {
  async function createMixedWorld(): Promise<FileWorld> {
    const world = await createFileWorld();
    await world.give(
      { webhook_url: "https://a.example/hook", events: ["message.sent", "message.read"] },
      { webhook_url: "https://a.example/hook", events: SENT },
      { webhook_url: "https://b.example/hook?x=1", events: ["call.completed"] },
      { webhook_url: "https://b.example/other", events: SENT, active: false },
    );
    return world;
  }

  it.each([
    [[], [1, 2, 3, 4]],
    [
      ["--url", "b.example"],
      [3, 4],
    ],
    [
      ["--url", "HTTPS://A.example:443/hook#part"],
      [1, 2],
    ],
    [["--event", "message.read"], [1]],
    [
      ["--event", "message.read,call.completed"],
      [1, 3],
    ],
    [
      ["--event", "message.read", "--event=message.sent"],
      [1, 2, 4],
    ],
    [["--inactive"], [4]],
    [["--duplicates"], [1, 2]],
    [["--duplicates", "--event", "message.read"], [1]],
    [["--event", "contact.created"], []],
    [["--event", "new.event", "--allow-unknown-events"], []],
  ])("%j shows %j", async (options, ids) => {
    const { run } = await createMixedWorld();
    const { code, stdout } = await run(["list", "--json", ...options]);
    expect(code).toBe(0);
    const { subscriptions } = JSON.parse(stdout) as { subscriptions: { id: number }[] };
    expect(subscriptions.map(({ id }) => id)).toEqual(ids);
    const lines = (await run(["list", ...options])).stdout.split("\n");
    expect(lines.flatMap((line) => /^ ?(\d+) {2}http/.exec(line)?.[1] ?? [])).toEqual(
      ids.map(String),
    );
  });

  it("says that none matches, and marks a subscription whose duplicate is not shown", async () => {
    const { run } = await createMixedWorld();
    expect((await run(["list", "--event", "contact.created"])).stdout).toBe(
      "None of the 4 subscriptions matches. `linq-webhooks list` shows all.\n",
    );
    const filtered = (await run(["list", "--event", "message.read"])).stdout;
    expect(filtered).toMatch(/twice\n\nSome events are delivered more than once: /);
    expect((await run(["list", "--url", "b.example"])).stdout).not.toContain("twice");
  });

  it("refuses an unknown event before it sends anything", async () => {
    const { run, sandbox } = await createMixedWorld();
    const before = sandbox.requests.length;
    const { code, stderr } = await run(["list", "--event", "message.recieved"]);
    expect(code).toBe(1);
    expect(stderr).toContain('did you mean "message.received"?');
    expect(sandbox.requests).toHaveLength(before);
  });
});

it("list shows every event in full, and marks duplicates, at 40 to 200 columns", async () => {
  const { run, give } = await createFileWorld();
  const url = `https://hooks.example.com/${"path/".repeat(12)}end`;
  await give(
    { webhook_url: url, events: EVENT_NAMES },
    { webhook_url: url, events: ["typing_indicator.received"] },
  );
  for (let columns = 40; columns <= 200; columns++) {
    for (const command of ["list", "duplicates"]) {
      const world = { isTTY: true, columns, env: { NO_COLOR: "1" } };
      const { stdout } = await run([command], world);
      expect(stdout, `${command}, ${columns} columns`).not.toContain("…");
      const words = stdout.split(/[\s,]+/);
      expect(words).toEqual(expect.arrayContaining([...EVENT_NAMES]));
      if (command === "duplicates") continue;
      const [table = ""] = stdout.split("\n\nSome events");
      const widths = table.split("\n").map((line) => stringWidth(line));
      expect(Math.max(...widths)).toBeLessThanOrEqual(columns);
      expect(table).toMatch(/LAST/);
      expect(words.filter((word) => word === "twice")).toHaveLength(2);
    }
  }
});
