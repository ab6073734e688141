import { describe, expect, it } from "vitest";
import { Interrupted } from "../../../src/cli/interrupted.js";
import { CLI_TOKEN } from "../../support/run-cli.js";
import { createFileWorld } from "../file-world.js";

const SECRET = "s3ntinel-of-the-environment";
const FILE_SECRET = "s3ntinel-of-a-file";

function fileWith(...names: string[]): object {
  return {
    subscriptions: names.map((name) => ({
      webhook_url: `https://example.com/${name}`,
      events: ["message.sent"],
    })),
  };
}

function urlsOf(subscriptions: readonly { webhook_url: string }[]): string[] {
  return subscriptions.map(({ webhook_url }) => webhook_url);
}

describe("apply", () => {
  it("prints the plan, carries it out, and prints the result", async () => {
    const { run, sandbox, write } = await createFileWorld({
      subscriptions: [
        {
          webhook_url: "https://example.com/a",
          events: ["message.sent"],
          secret: { env: "HOOK_SECRET" },
        },
        {
          webhook_url: "https://example.com/b",
          events: ["message.sent"],
          secret: { file: "b.txt" },
        },
      ],
    });
    await write("b.txt", `${FILE_SECRET}\n`);
    const env = { HOOK_SECRET: SECRET };
    const plan = (await run(["plan"], { env })).stdout.replace(/^`.*\n/m, "");
    const { code, stdout, stderr } = await run(["apply", "--yes"], { env });
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: `${plan}\nApplied: 2 done, 0 failed, 0 pending.\n`,
      stderr: "",
    });
    expect(sandbox.subscriptions).toMatchObject([
      { webhook_url: "https://example.com/a", secret_configured: true },
      { webhook_url: "https://example.com/b", secret_configured: true },
    ]);
    expect((await run(["plan"], { env })).code).toBe(0);
  });

  it("says that there is nothing to do, and asks for no confirmation", async () => {
    const { run } = await createFileWorld(fileWith());
    expect(await run(["apply"])).toEqual({
      code: 0,
      stdout: "Plan: 0 to add, 0 to change, 0 to delete, 0 unchanged.\nThere is nothing to do.\n",
      stderr: "",
    });
    const { code, stdout } = await run(["apply", "--json"]);
    expect({ code, result: JSON.parse(stdout) as unknown }).toMatchObject({
      code: 0,
      result: { version: 1, outcome: "nothing_to_do", done: [], failed: [], pending: [] },
    });
  });

  it.each([
    ["yes", 0],
    ["Y", 0],
    ["", 1],
    ["n", 1],
    ["yesterday", 1],
  ])("asks on a terminal after the plan; %j exits with %i", async (answer, code) => {
    const { run, sandbox } = await createFileWorld(fileWith("a", "b"));
    const result = await run(["apply"], { isTTY: true, stdin: [`${answer}\n`] });
    expect(result.code).toBe(code);
    expect(result.stdout).toContain("Plan: 2 to add");
    expect(result.stderr).toMatch(/^Carry out these 2 changes\? \[y\/N\] /);
    expect(sandbox.subscriptions).toHaveLength(code === 0 ? 2 : 0);
  });

  it("refuses without a terminal and without --yes, and changes nothing", async () => {
    const { run, sandbox } = await createFileWorld(fileWith("a"));
    const { code, stderr } = await run(["apply"], { stdin: ["y\n"] });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr:
        "error: this command asks for confirmation, which needs a terminal, so nothing was changed: add --yes\n",
    });
    expect(sandbox.subscriptions).toEqual([]);
  });

  it("prints the plan to standard error when it asks with --json", async () => {
    const { run } = await createFileWorld(fileWith("a"));
    const { stdout, stderr } = await run(["apply", "--json"], { isTTY: true, stdin: ["y\n"] });
    expect(JSON.parse(stdout)).toMatchObject({ summary: { done: 1, failed: 0, pending: 0 } });
    expect(stderr).toContain("+ https://example.com/a");
    expect((await run(["apply", "--json", "--yes"])).stderr).toBe("");
  });

  it("shows a progress bar only on a terminal and without --json", async () => {
    for (const [argv, isTTY, isShown] of [
      [["apply", "--yes"], true, true],
      [["apply", "--yes"], false, false],
      [["apply", "--yes", "--json"], true, false],
    ] as const) {
      const { run } = await createFileWorld(fileWith("a", "b"));
      const { stderr, stdout } = await run(argv, { isTTY });
      expect(stderr.includes("0/2")).toBe(isShown);
      expect(stdout).not.toContain("0/2");
    }
    const { run } = await createFileWorld(fileWith());
    expect((await run(["apply"], { isTTY: true })).stderr).toBe("");
  });

  it("continues after a failed step, but deletes nothing, and says what to do", async () => {
    const { run, give, sandbox } = await createFileWorld({
      ...fileWith("a", "b", "c"),
      scope: ["https://example.com/"],
      prune: true,
    });
    await give({ webhook_url: "https://example.com/z", events: ["message.sent"] });
    sandbox.inject({
      kind: "status",
      status: 422,
      when: ({ body }) => JSON.stringify(body).includes("example.com/b"),
      operation: "createWebhookSubscription",
    });
    const { code, stdout } = await run(["apply", "--yes", "--concurrency", "1"]);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      new RegExp(`
done     \\+ https://example\\.com/a
done     \\+ https://example\\.com/c
failed   \\+ https://example\\.com/b: .*422.* -> fix the problem that the API reports, then run apply again
pending  - https://example\\.com/z \\(1\\)
Applied: 2 done, 1 failed, 1 pending\\.
Run \`linq-webhooks apply\` again to do the rest\\.
$`),
    );
    const again = await run(["apply", "--yes", "--json"]);
    expect(again.code).toBe(0);
    expect(JSON.parse(again.stdout)).toMatchObject({
      outcome: "done",
      summary: { done: 2, failed: 0, pending: 0 },
    });
    expect(urlsOf(sandbox.subscriptions).sort()).toEqual(
      ["a", "b", "c"].map((name) => `https://example.com/${name}`),
    );
  });

  it("prints done, failed and pending steps, with the errors, as JSON with --json", async () => {
    const { run, give, sandbox } = await createFileWorld(fileWith("a", "b"));
    await give(
      { webhook_url: "https://example.com/b", events: ["message.sent"] },
      { webhook_url: "https://example.com/b", events: ["message.sent"] },
    );
    sandbox.inject({ kind: "status", status: 403, operation: "createWebhookSubscription" });
    const { code, stdout } = await run(["apply", "--yes", "--json"]);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ version: 1, outcome: "partial" },
      fingerprint: expect.any(String) as unknown,
      done: [],
      failed: [
        {
          step: { action: "create" },
          error: { code: "api_error" },
          next: expect.any(String) as unknown,
        },
      ],
      pending: [{ action: "delete", current: { id: 2 } }],
      summary: { done: 0, failed: 1, pending: 1 },
    });
  });

  it("refuses the plan when the subscriptions have changed since it was made", async () => {
    const { run, give, linq, sandbox } = await createFileWorld(fileWith("a"));
    await give({ webhook_url: "https://example.com/a", events: ["message.read"] });
    let lists = 0;
    const fetch: typeof sandbox.fetch = async (input, init) => {
      if (init?.method === "GET" || (input instanceof Request && input.method === "GET")) lists++;
      if (lists === 2) {
        lists++;
        await linq.webhookSubscriptions.update(1, { events: ["call.completed"] });
      }
      return sandbox.fetch(input, init);
    };
    const { code, stderr } = await run(["apply", "--yes"], { fetch });
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^error: the subscriptions have changed .* nothing was done; run `linq-webhooks plan` again\n$/,
    );
    expect(sandbox.subscriptions).toMatchObject([{ events: ["call.completed"] }]);
  });

  it.each([[[]], [["--json"]]])(
    "exits with 0 when others have meanwhile made all of the changes: %j",
    async (options) => {
      const { run, sandbox } = await createFileWorld(fileWith("a", "b"));
      let lists = 0;
      const fetch: typeof sandbox.fetch = async (input, init) => {
        if (new Request(input, init).method === "GET" && ++lists === 2)
          await run(["apply", "--yes"]);
        return sandbox.fetch(input, init);
      };
      const { code, stdout, stderr } = await run(["apply", "--yes", ...options], { fetch });
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(sandbox.subscriptions).toHaveLength(2);
      if (options.length === 0) {
        expect(stdout).toMatch(
          /\nSomebody else has already made all of these changes, .* left to do\.\n$/,
        );
      } else {
        expect(JSON.parse(stdout)).toMatchObject({
          ...{ outcome: "done_by_others", done: [], failed: [], pending: [] },
        });
      }
    },
  );

  it("finishes only the steps under way when it is interrupted", async () => {
    const interruption = new AbortController();
    const { run, sandbox } = await createFileWorld(fileWith("a", "b", "c"));
    const fetch: typeof sandbox.fetch = async (input, init) => {
      const response = await sandbox.fetch(input, init);
      if (sandbox.subscriptions.length === 2) interruption.abort(new Interrupted("SIGINT"));
      return response;
    };
    const argv = ["apply", "--yes", "--concurrency", "1"];
    const { code, stdout, stderr } = await run(argv, { fetch, signal: interruption.signal });
    expect(code).toBe(130);
    expect(stderr).toBe(
      "Interrupted: finishing the steps under way. Interrupt again to stop at once.\n",
    );
    expect(stdout).toMatch(
      /done .*\/a\ndone .*\/b\npending .*\/c\nApplied: 2 done, 0 failed, 1 pending\./,
    );
    expect(sandbox.subscriptions).toHaveLength(2);
  });

  it("changes nothing when it is interrupted at its question", async () => {
    const { run, sandbox } = await createFileWorld(fileWith("a"));
    const interruption = new AbortController();
    const { code, stderr } = await run(["apply"], {
      isTTY: true,
      stdin: ["y\n"],
      signal: interruption.signal,
      onWrite: (text) => {
        if (text.includes("[y/N]")) interruption.abort(new Interrupted("SIGTERM"));
      },
    });
    expect(code).toBe(143);
    expect(stderr).toContain("interrupted by SIGTERM");
    expect(sandbox.subscriptions).toEqual([]);
  });

  it.each(["0", "-1", "1.5", "many", "1e3"])("refuses --concurrency=%s", async (value) => {
    const { run, sandbox } = await createFileWorld(fileWith("a"));
    const { code, stderr } = await run(["apply", "--yes", `--concurrency=${value}`]);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: "error: --concurrency must be an integer of 1 or more\n",
    });
    expect(sandbox.requests).toEqual([]);
  });
});

describe("a secret", () => {
  const file = {
    subscriptions: [
      {
        webhook_url: "https://example.com/a",
        events: ["message.sent"],
        secret: { env: "HOOK_SECRET" },
      },
      { webhook_url: "https://example.com/b", events: ["message.sent"], secret: { file: "b.txt" } },
      { webhook_url: "https://example.com/c", events: ["message.sent"] },
    ],
  };

  it.each([
    ["plan"],
    ["plan", "--json"],
    ["plan", "--rotate-secrets", "--debug"],
    ["apply", "--yes", "--debug"],
    ["apply", "--yes", "--json"],
    ["apply"],
  ])("is never printed by %s %s %s, whatever the server echoes", async (...argv) => {
    // A plan reads no secret file, so it knows only the secrets of its environment.
    const known = argv[0] === "plan" ? [CLI_TOKEN, SECRET] : [CLI_TOKEN, SECRET, FILE_SECRET];
    const echo = known.join(" ");
    const { run, write, sandbox, give } = await createFileWorld(file);
    await write("b.txt", FILE_SECRET);
    await give({ webhook_url: "https://example.com/c", events: ["message.read"] });
    let isListed = true;
    const fetch: typeof sandbox.fetch = async (input, init) => {
      const request = new Request(input, init);
      if (request.method !== "GET") {
        return Response.json({ error_code: echo, message: echo, errors: [echo] }, { status: 422 });
      }
      if (!isListed) return Response.json({ message: echo }, { status: 403 });
      const { webhook_subscriptions } = (await (await sandbox.fetch(request)).json()) as {
        webhook_subscriptions: object[];
      };
      // The same URL for the plan, but another text when it is printed.
      const twisted = {
        secret: SECRET,
        events: [echo],
        webhook_url: `https://example.com/c#${echo}`,
      };
      return Response.json({
        webhook_subscriptions: webhook_subscriptions.map((each) => ({ ...each, ...twisted })),
      });
    };
    const env = { HOOK_SECRET: SECRET };
    for (const isTTY of [false, true]) {
      for (const listed of [true, false]) {
        isListed = listed;
        const { code, stdout, stderr } = await run(argv, { fetch, env, isTTY, stdin: ["y\n"] });
        expect(code).toBeGreaterThan(0);
        expect(stdout + stderr).not.toContain("s3ntinel");
        expect(stdout + stderr).not.toContain(CLI_TOKEN);
      }
    }
  });

  it("is never printed when the file itself contains it by mistake", async () => {
    const { run, write } = await createFileWorld();
    for (const secret of [SECRET, { env: SECRET }, { file: SECRET }, { [SECRET]: 1 }, [SECRET]]) {
      const entry = { webhook_url: "https://example.com/a", events: ["message.sent"], secret };
      await write("linq-webhooks.json", { subscriptions: [entry] });
      for (const flags of [[], ["--json"], ["--debug"]]) {
        for (const argv of [["plan"], ["plan", "--markdown"], ["apply", "--yes"]]) {
          const { code, stdout, stderr } = await run([...argv, ...flags]);
          // A plan does not read the file that this value might name.
          expect(code).toBe(stdout === "" || argv[0] === "apply" ? 1 : 2);
          expect(stdout + stderr).not.toContain("s3ntinel");
        }
      }
    }
  });
});
