import { describe, expect, it } from "vitest";
import { createFileWorld, type FileWorld } from "../file-world.js";

const ENV = { HOOK_SECRET: "s3ntinel-of-the-environment" };
const FILE = `{
  // Ours.
  "subscriptions": [
    {
      "webhook_url": "https://example.com/new",
      "events": ["message.received", "message.read"],
      "secret": { "env": "HOOK_SECRET" },
    },
    { "webhook_url": "https://example.com/changed", "events": ["message.sent", "message.read"] },
    { "webhook_url": "https://example.com/same", "events": ["message.sent"] },
  ],
}`;

async function createChangedWorld(): Promise<FileWorld> {
  const world = await createFileWorld(FILE);
  await world.give(
    { webhook_url: "https://example.com/changed", events: ["message.sent"] },
    { webhook_url: "https://example.com/same", events: ["message.sent"] },
    { webhook_url: "https://example.com/same", events: ["message.sent"] },
    { webhook_url: "https://elsewhere.example/hook", events: ["message.sent"] },
  );
  return world;
}

describe("plan", () => {
  it("prints every step with its reason, and exits with 2", async () => {
    const { run, sandbox } = await createChangedWorld();
    const before = sandbox.requests.length;
    expect(await run(["plan"], { env: ENV })).toEqual({
      code: 2,
      stdout: `+ https://example.com/new
    nothing is at this URL yet
    events: message.received, message.read
    secret: will be written
~ https://example.com/changed (1)
    webhook subscription 1 gets different events
    events: message.sent -> message.read, message.sent
= https://example.com/same (2) webhook subscription 2 is as declared
- https://example.com/same (3)
    webhook subscription 3 is a duplicate of webhook subscription 2
    events: message.sent

Plan: 1 to add, 1 to change, 1 to delete, 1 unchanged. 1 other is not changed.
\`linq-webhooks apply\` with the same options makes these changes; it needs the environment variable HOOK_SECRET.
`,
      stderr: "",
    });
    expect(sandbox.requests.slice(before).map(({ method }) => method)).toEqual(["GET"]);
  });

  it("is coloured on a terminal, unless NO_COLOR is set", async () => {
    const { run } = await createChangedWorld();
    const { stdout } = await run(["plan"], { env: ENV, isTTY: true });
    expect(stdout).toContain("\u001b[32m+ https://example.com/new\u001b[39m");
    expect(stdout).toContain("\u001b[31m- https://example.com/same (3)\u001b[39m");
    const plain = await run(["plan"], { env: { ...ENV, NO_COLOR: "1" }, isTTY: true });
    expect(plain.stdout).toBe((await run(["plan"], { env: ENV })).stdout);
  });

  it("prints the steps, a fingerprint and the summary as JSON with --json", async () => {
    const { run } = await createChangedWorld();
    const { code, stdout, stderr } = await run(["plan", "--json"], { env: ENV });
    expect({ code, stderr }).toEqual({ code: 2, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/) as unknown,
      steps: [
        { action: "create", writesSecret: true },
        { action: "update", changes: [{ field: "events" }], current: { id: 1 } },
        { action: "keep", current: { id: 2 } },
        { action: "delete", current: { id: 3 } },
      ],
      summary: { create: 1, update: 1, delete: 1, keep: 1 },
    });
  });

  it("exits with 0 when there is nothing to change, even without the secrets", async () => {
    const { run, give } = await createFileWorld({
      subscriptions: [
        {
          webhook_url: "https://example.com/same",
          events: ["message.sent", "message.read", "message.sent"],
          secret: { env: "HOOK_SECRET" },
        },
      ],
    });
    await give({
      webhook_url: "https://example.com/same",
      events: ["message.read", "message.sent"],
      secret: "the same",
    });
    expect(await run(["plan"])).toEqual({
      code: 0,
      stdout: `= https://example.com/same (1) webhook subscription 1 is as declared

Plan: 0 to add, 0 to change, 0 to delete, 1 unchanged.
`,
      stderr: "",
    });
    const rotating = await run(["plan", "--rotate-secrets"], { env: ENV });
    expect(rotating.code).toBe(2);
    expect(rotating.stdout).toContain("    secret: will be written\n");
    expect(await run(["plan", "--rotate-secrets"])).toEqual(rotating);
  });

  it("shows moves, pauses, secrets that are written again, and steps that will fail", async () => {
    const { run, give } = await createFileWorld({
      subscriptions: [
        {
          webhook_url: "https://new.example/hook",
          events: ["message.sent"],
          replaces: ["https://*.example/hook"],
          secret: { env: "HOOK_SECRET" },
        },
        { webhook_url: "https://example.com/paused", events: ["message.sent"], active: false },
        {
          webhook_url: "https://example.com/none",
          events: ["message.sent"],
          version: 3,
          active: false,
        },
      ],
    });
    await give(
      { webhook_url: "https://old.example/hook", events: ["message.sent"], secret: "before" },
      { webhook_url: "https://example.com/paused", events: ["message.sent"], secret: "before" },
    );
    const { stdout } = await run(["plan"], { env: ENV });
    expect(stdout).toBe(`~ https://new.example/hook (1)
    webhook subscription 1 moves here from https://old.example/hook
    webhook_url: https://old.example/hook -> https://new.example/hook
    secret: will be written again, along with the change
~ https://example.com/paused (2)
    webhook subscription 2 is paused; the entry must have a secret, since this subscription may have one
    active: true -> false
    warning: this step will fail until the entry has a secret; any new secret works
+ https://example.com/none
    nothing is at this URL yet
    events: message.sent
    active: false
    version: 3
    secret: none, so deliveries are not signed

Plan: 1 to add, 2 to change, 0 to delete, 0 unchanged.
\`linq-webhooks apply\` with the same options makes these changes; it needs the environment variable HOOK_SECRET.
`);
  });

  it("plans deletions only in its scope, and only with `prune`", async () => {
    const file = { subscriptions: [], scope: ["https://a.example/hooks"], prune: true };
    const { run, give, write } = await createFileWorld(file);
    await give(
      { webhook_url: "https://a.example/hooks/x", events: ["message.sent"] },
      { webhook_url: "https://a.example/hooksy", events: ["message.sent"] },
      { webhook_url: "https://b.example/hooks/x", events: ["message.sent"] },
    );
    const { code, stdout } = await run(["plan"]);
    expect({ code, last: stdout.split("\n").at(-3) }).toEqual({
      code: 2,
      last: "Plan: 0 to add, 0 to change, 1 to delete, 0 unchanged. 2 others are not changed.",
    });
    await write("linq-webhooks.json", { ...file, prune: false });
    expect((await run(["plan"])).code).toBe(0);
  });

  it("accepts unknown events only with --allow-unknown-events, and warns about them", async () => {
    const { run } = await createFileWorld({
      subscriptions: [{ webhook_url: "https://example.com/x", events: ["message.edited"] }],
    });
    const { code, stderr } = await run(["plan"]);
    expect(code).toBe(1);
    expect(stderr).toBe(
      'error: linq-webhooks.json:1:68: subscriptions[0].events[0]: unknown event; did you mean "message.received"?\n',
    );
    const allowed = await run(["plan", "--allow-unknown-events"]);
    expect(allowed.code).toBe(2);
    expect(allowed.stdout).toContain(
      "    warning: this version does not know the event message.edited\n",
    );
  });

  it("reads the file that --file names, and reports a missing file", async () => {
    const { run, write } = await createFileWorld();
    const missing = await run(["plan"]);
    expect(missing).toMatchObject({ code: 1, stdout: "" });
    expect(missing.stderr).toMatch(
      /^error: linq-webhooks\.json: the file does not exist; start with .*\n$/,
    );
    await write("staging.json", { subscriptions: [] });
    expect((await run(["plan", "--file", "staging.json"])).code).toBe(0);
  });

  it("prints each problem of the file on its own line, and sends nothing", async () => {
    const { run, sandbox } = await createFileWorld('{\n"subscriptions": [{}],\n"prune": 1\n}');
    const { code, stdout, stderr } = await run(["plan"]);
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: "",
      stderr: `error: linq-webhooks.json:2:19: subscriptions[0]: "webhook_url" is missing
linq-webhooks.json:2:19: subscriptions[0]: "events" is missing
linq-webhooks.json:3:10: prune: must be true or false
`,
    });
    const { stderr: json } = await run(["plan", "--json"]);
    expect(JSON.parse(json)).toMatchObject({ version: 1, error: { code: "config" } });
    expect(sandbox.requests).toEqual([]);
  });
});
