import { describe, expect, it } from "vitest";
import { CLI_TOKEN } from "../../support/run-cli.js";
import { createFileWorld, type FileWorld } from "../file-world.js";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

const ENV = { HOOK_SECRET: "s3ntinel-of-the-environment" };
const ENTRY = {
  webhook_url: "https://example.com/a",
  events: ["message.sent"],
  secret: { env: "HOOK_SECRET" },
};
const SHOWN = { subscriptions: [ENTRY, { ...ENTRY, webhook_url: "https://example.com/b" }] };

/** A folder with a file and a plan of it, which was made without the secrets. */
async function createPlannedWorld(file: unknown = SHOWN): Promise<FileWorld> {
  const world = await createFileWorld(file);
  const { code } = await world.run(["plan", "--out", "plan.json"]);
  expect(code).toBe(2);
  return world;
}

async function readPlan({ folder }: FileWorld): Promise<Record<string, unknown>> {
  // The tests check the content.
  return JSON.parse(await readFile(join(folder, "plan.json"), "utf8")) as Record<string, unknown>;
}

describe("a written plan", () => {
  it("contains everything that a person and `apply` need, and is the same each time", async () => {
    const world = await createPlannedWorld();
    const plan = await readPlan(world);
    expect(plan).toMatchObject({
      ...{ version: 1, kind: "linq-webhooks plan", base_url: "https://api.linqapp.com" },
      config: { file: "linq-webhooks.json", fingerprint: expect.any(String) as unknown },
      options: { rotate_secrets: false, allow_unknown_events: false },
      fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/) as unknown,
      summary: { create: 2, update: 0, delete: 0, keep: 0 },
      needs: [{ env: "HOOK_SECRET" }, { env: "HOOK_SECRET" }],
      steps: [{ action: "create" }, { action: "create" }],
    });
    await world.run(["plan", "--out", "plan.json"], { env: ENV, now: 0 });
    expect(await readPlan(world)).toEqual(plan);
  });

  it("is applied as it shows, with the secrets that are set at that time", async () => {
    const { run, sandbox } = await createPlannedWorld();
    const missing = await run(["apply", "plan.json", "--yes"]);
    expect(missing).toMatchObject({ code: 1, stdout: "" });
    expect(missing.stderr).toMatch(/this environment variable is not set; set it to the secret\n/);
    expect(sandbox.subscriptions).toEqual([]);
    const { code, stdout } = await run(["apply", "plan.json", "--yes"], { env: ENV });
    expect({ code, stdout }).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(
        /^\+ https:\/\/example\.com\/a\n[^]*Applied: 2 done, 0 failed, 0 pending\.\n$/,
      ) as unknown,
    });
    expect(sandbox.subscriptions).toMatchObject([
      { webhook_url: "https://example.com/a", secret_configured: true },
      { webhook_url: "https://example.com/b", secret_configured: true },
    ]);
  });

  it("keeps the options with which it was made", async () => {
    const world = await createFileWorld({ subscriptions: [{ ...ENTRY, events: ["new.event"] }] });
    const { run, give } = world;
    await give({ ...ENTRY, secret: "the one before", events: ["message.sent"] });
    const options = ["--allow-unknown-events", "--rotate-secrets"];
    expect((await run(["plan", "--out", "plan.json", ...options])).code).toBe(2);
    expect(await readPlan(world)).toMatchObject({
      options: { rotate_secrets: true, allow_unknown_events: true },
    });
    // The sandbox does not know the event either, so this checks only the printed step.
    const { stdout } = await run(["apply", "plan.json", "--yes"], { env: ENV });
    expect(stdout).toContain("message.sent -> new.event");
  });

  it("replaces another plan, and no other file", async () => {
    const world = await createPlannedWorld();
    const { run, folder } = world;
    expect((await run(["plan", "--out", "plan.json"])).code).toBe(2);
    const before = await readFile(join(folder, "linq-webhooks.json"), "utf8");
    for (const out of ["linq-webhooks.json", ".", "none/plan.json"]) {
      const { code, stdout, stderr } = await run(["plan", "--out", out]);
      expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
      expect(stderr).toMatch(/^error: (--out must name a new file|the plan cannot be written)/);
    }
    expect(await readFile(join(folder, "linq-webhooks.json"), "utf8")).toBe(before);
  });

  it("contains no secret, neither the token nor a key of a URL", async () => {
    const url =
      "https://user:s3ntinel-password@example.com/hook?api_key=s3ntinel-key&x=${HOOK_TOKEN}";
    const world = await createFileWorld({ subscriptions: [{ ...ENTRY, webhook_url: url }] });
    const env = { ...ENV, HOOK_TOKEN: "s3ntinel-of-the-variable" };
    expect((await world.run(["plan", "--out", "plan.json"], { env })).code).toBe(2);
    const text = JSON.stringify(await readPlan(world));
    expect(text).not.toMatch(/s3ntinel/);
    expect(text).not.toContain(CLI_TOKEN);
    const applied = await world.run(["apply", "plan.json", "--yes"], { env });
    expect(applied.code).toBe(0);
    expect(applied.stdout).not.toMatch(/s3ntinel/);
    expect(world.sandbox.subscriptions).toMatchObject([
      { webhook_url: url.replace("${HOOK_TOKEN}", env.HOOK_TOKEN) },
    ]);
  });
});

describe("apply refuses a plan, and changes nothing, when", () => {
  type Spoil = (world: FileWorld) => Promise<unknown>;

  function edit(change: (plan: Record<string, unknown>) => object): Spoil {
    return async (world) =>
      writeFile(join(world.folder, "plan.json"), JSON.stringify(change(await readPlan(world))));
  }

  it.each<[string, Spoil, RegExp, Record<string, string>?]>([
    [
      "the subscriptions have changed",
      ({ give }) => give({ webhook_url: "https://example.com/a", events: ["message.read"] }),
      /the subscriptions have changed since the plan was made, so nothing was done; make a new plan with `linq-webhooks plan --out <path>`/,
    ],
    [
      "all of its steps are done",
      ({ run }) => run(["apply", "--yes"], { env: ENV }),
      /have changed since the plan was made, so nothing was done, and nothing is left to do/,
    ],
    [
      "the file has changed",
      ({ write }) => write("linq-webhooks.json", { subscriptions: [ENTRY] }),
      /linq-webhooks\.json has changed since the plan was made, so nothing was done/,
    ],
    [
      "it was made for another server",
      () => Promise.resolve(),
      /the plan was made for https:\/\/api\.linqapp\.com, but the server is http:\/\/127\.0\.0\.1:4010; set/,
      { LINQ_BASE_URL: "http://127.0.0.1:4010/" },
    ],
    [
      "it has the format of another version",
      edit((plan) => ({ ...plan, version: 2 })),
      /this version of linq-webhooks reads only version 1 of the format, .* make a new plan with this version/,
    ],
    [
      "its steps have been changed",
      edit((plan) => ({ ...plan, steps: [] })),
      /the plan differs from what this version of linq-webhooks would do/,
    ],
    [
      "it is truncated",
      edit(({ steps, ...plan }) => ({ ...plan, was: typeof steps })),
      /has been edited or truncated/,
    ],
    [
      "it is a file of another kind",
      edit(() => SHOWN),
      /must be a file from `linq-webhooks plan --out FILE`/,
    ],
    ["it is not JSON", ({ write }) => write("plan.json", "{"), /must be a file from/],
    [
      "it is a folder",
      ({ run }) => run(["plan"]),
      /<plan> must name a file from .*, but it is a folder/,
      { PLAN: "." },
    ],
  ])("%s", async (_when, spoil, message, env = {}) => {
    const world = await createPlannedWorld();
    await spoil(world);
    const before = world.sandbox.subscriptions.length;
    const argv = ["apply", env["PLAN"] ?? "plan.json", "--yes"];
    const { code, stdout, stderr } = await world.run(argv, { env: { ...ENV, ...env } });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(message);
    expect(world.sandbox.subscriptions).toHaveLength(before);
    const json = await world.run([...argv, "--json"], { env: { ...ENV, ...env } });
    expect(JSON.parse(json.stderr)).toMatchObject({
      error: { code: expect.stringMatching(/^(stale_plan|plan_file)$/) as unknown },
    });
  });

  it("it was made without --rotate-secrets, which is given now", async () => {
    const { run } = await createPlannedWorld();
    const { code, stderr } = await run(["apply", "plan.json", "--yes", "--rotate-secrets"]);
    expect(code).toBe(1);
    expect(stderr).toContain("this plan was made without --rotate-secrets");
  });
});

it("layout and comments of the file do not make a plan stale", async () => {
  const { run, write } = await createPlannedWorld();
  await write("linq-webhooks.json", `// Ours.\n${JSON.stringify(SHOWN, null, 4)}`);
  expect((await run(["apply", "plan.json", "--yes"], { env: ENV })).code).toBe(0);
});

it("a plan of another file is applied with that file, or with the file of --file", async () => {
  const { run, write } = await createFileWorld();
  await write("staging.json", SHOWN);
  expect((await run(["plan", "--file", "staging.json", "--out", "plan.json"])).code).toBe(2);
  await write("moved.json", SHOWN);
  const argv = ["apply", "plan.json", "--yes"];
  expect((await run([...argv, "--file", "moved.json"], { env: ENV })).code).toBe(0);
  expect((await run(argv, { env: ENV })).stderr).toContain("nothing is left to do");
});

it("apply accepts only one plan", async () => {
  const { run } = await createPlannedWorld();
  const { code, stderr } = await run(["apply", "plan.json", "plan.json", "--yes"]);
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr:
      "error: too many arguments: linq-webhooks apply takes only <plan> (linq-webhooks apply --help)\n",
  });
  expect((await run(["apply", "--help"])).stdout).toContain(
    "Usage: linq-webhooks apply [<plan>] [options]",
  );
});
