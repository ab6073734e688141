import { chmod, mkdir, readdir, readFile, stat, symlink } from "node:fs/promises";
import { join } from "node:path";
import { format } from "prettier";
import { describe, expect, it } from "vitest";
import { parseConfig } from "../../../src/cli/config/parse-config.js";
import { EVENT_NAMES } from "../../../src/index.js";
import { CLI_TOKEN } from "../../support/run-cli.js";
import { createFileWorld, type FileWorld } from "../file-world.js";

const SENT = ["message.sent"] as const;
const SECRET = "a secret of ours";

/** Twenty subscriptions, as an account may have accumulated them. */
async function createGrownWorld(): Promise<FileWorld> {
  const world = await createFileWorld();
  const url = (path: string): string => `https://hooks.example.com/${path}`;
  await world.give(
    { webhook_url: url("orders"), events: ["message.sent", "message.read"], secret: SECRET }, // 1
    { webhook_url: "https://one.example/hook", events: SENT, secret: SECRET },
    { webhook_url: url("orders"), events: ["message.read", "message.sent"], secret: SECRET }, // 3: duplicate
    { webhook_url: url("orders#2"), events: SENT }, // 4: duplicate
    { webhook_url: url("chat"), events: ["message.received", "message.read"] }, // 5
    { webhook_url: url("chat"), events: ["message.read", "reaction.sent"], secret: SECRET }, // 6: overlaps
    { webhook_url: url("chat"), events: ["call.completed"] }, // 7: other events
    { webhook_url: url("chat"), events: SENT, active: false }, // 8: inactive
    { webhook_url: url("off"), events: SENT, active: false, secret: SECRET }, // 9
    { webhook_url: url("off"), events: ["message.read"], active: false }, // 10
    { webhook_url: "https://all.example:8443/a", events: EVENT_NAMES }, // 11
    { webhook_url: "http://127.0.0.1:3000/hook", events: SENT, secret: SECRET }, // 12
    { webhook_url: "https://HOOKS.example.com/Orders", events: SENT, secret: SECRET }, // 13
    { webhook_url: "https://a.example/?team=a", events: SENT, secret: SECRET }, // 14
    { webhook_url: "https://a.example/?team=b", events: SENT, secret: SECRET }, // 15
    { webhook_url: "https://one.example/hook", events: SENT, secret: SECRET }, // 16: duplicate
    { webhook_url: "https://b.example/${HOST}", events: SENT }, // 17
    { webhook_url: "https://c.example/", events: SENT }, // 18
    { webhook_url: "https://d.example/", events: ["contact.created", "contact.deleted"] }, // 19
    { webhook_url: "https://e.example/", events: ["participant.added"], active: false }, // 20
  );
  return world;
}

async function read({ folder }: FileWorld, name = "linq-webhooks.json"): Promise<string> {
  return readFile(join(folder, name), "utf8");
}

const CHAT = `    {
      // Webhook subscription 6 overlaps with 5; \`linq-webhooks apply\` deletes
      // it, and 5 gets its events.
      // Webhook subscription 7 delivers other events than 5; \`linq-webhooks
      // apply\` deletes it, and 5 gets its events.
      // Webhook subscription 6 has a secret, and 5 does not have one yet.
      // Webhook subscription 8 is inactive at this URL, and is not changed.
      "webhook_url": "https://hooks.example.com/chat",
      "events": [
        "message.received",
        "message.read",
        "call.completed",
        "reaction.sent"
      ],
      "secret": { "env": "HOOKS_EXAMPLE_COM_CHAT_SECRET" }
    },
    {
      // Webhook subscription 10 is inactive at this URL, and is not changed.
      "webhook_url": "https://hooks.example.com/off",
      "events": ["message.sent"],
      "active": false,
      "secret": { "env": "HOOKS_EXAMPLE_COM_OFF_SECRET" }
    },
`;

describe("pull", () => {
  it("folds the subscriptions of one URL, and explains it in comments", async () => {
    const world = await createGrownWorld();
    const { code, stdout, stderr } = await world.run(["pull"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(
      /^Wrote linq-webhooks\.json: 20 webhook subscriptions, 13 URLs\.\nhttps:\/\/hooks\.example\.com\/orders: Webhook subscriptions 3 and 4 are duplicates of 1; `linq-webhooks apply` deletes them\.\n/,
    );
    expect(stdout).toMatch(/\n`linq-webhooks plan` shows the changes from folding\.\n$/);
    const text = await read(world);
    expect(text).toContain(CHAT);
    expect(text).toContain('"webhook_url": "https://b.example/$${HOST}"');
    expect(await format(text, { parser: "json" })).toBe(text);
    expect(world.sandbox.requests.filter(({ method }) => method !== "GET")).toHaveLength(20);
  });

  it("leads to a plan that contains only the changes from folding", async () => {
    const world = await createGrownWorld();
    await world.run(["pull"]);
    const { stdout } = await world.run(["plan", "--json"]);
    const { steps } = JSON.parse(stdout) as {
      steps: { action: string; current: { id: number }; changes?: { field: string }[] }[];
    };
    const changes = steps.filter(({ action }) => action !== "keep");
    expect(
      changes.map(({ action, current, changes: fields }) => [
        ...[action, current.id],
        fields?.map(({ field }) => field),
      ]),
    ).toEqual([
      ["update", 5, ["events", "secret"]],
      ["delete", 3, undefined],
      ["delete", 4, undefined],
      ["delete", 16, undefined],
      ["delete", 6, undefined],
      ["delete", 7, undefined],
    ]);
    expect(steps).toHaveLength(13 + 5);
    const names = /"env": "(\w+)"/g;
    const variables = Array.from((await read(world)).matchAll(names), ([, name = ""]) => name);
    expect(variables).toEqual([
      "HOOKS_EXAMPLE_COM_ORDERS_SECRET",
      "ONE_EXAMPLE_SECRET",
      "HOOKS_EXAMPLE_COM_CHAT_SECRET",
      "HOOKS_EXAMPLE_COM_OFF_SECRET",
      "HOOK_127_0_0_1_3000_SECRET",
      "HOOKS_EXAMPLE_COM_ORDERS_SECRET_2",
      "A_EXAMPLE_SECRET",
      "A_EXAMPLE_SECRET_2",
    ]);
    const env = Object.fromEntries(variables.map((name) => [name, `the secret of ${name}`]));
    expect((await world.run(["apply", "--yes"], { env })).code).toBe(0);
    expect((await world.run(["plan"])).code).toBe(0);
    expect(await world.run(["pull", "--check"])).toEqual({
      ...{ code: 0, stderr: "" },
      stdout: "linq-webhooks.json and the account agree.\n",
    });
  });

  it("writes the same file each time, whatever the order of the list", async () => {
    const world = await createGrownWorld();
    await world.run(["pull", "--file", "a.json"]);
    const fetch: typeof world.sandbox.fetch = async (input, init) => {
      const response = await world.sandbox.fetch(input, init);
      const { webhook_subscriptions } = (await response.json()) as {
        webhook_subscriptions: unknown[];
      };
      return Response.json({ webhook_subscriptions: webhook_subscriptions.reverse() });
    };
    await world.run(["pull", "--file", "b.json"], { fetch, now: 0 });
    expect(await read(world, "b.json")).toBe(await read(world, "a.json"));
  });

  it("writes a scope as a comment, which is valid when it is uncommented", async () => {
    const world = await createGrownWorld();
    await world.run(["pull"]);
    const text = (await read(world)).replace(/^ {2}\/\/( "scope"| {3}"|\s\])/gm, "$1");
    const { scope, subscriptions } = parseConfig({ name: "f", text }, false);
    expect(subscriptions).toHaveLength(13);
    expect(scope).toContain("https://hooks.example.com/");
    expect(scope).toHaveLength(9);
  });

  it("writes an empty list for an empty account, and `plan` then changes nothing", async () => {
    const world = await createFileWorld();
    expect((await world.run(["pull"])).stdout).toBe(
      "Wrote linq-webhooks.json: 0 webhook subscriptions, 0 URLs.\n",
    );
    expect(await read(world)).toBe(`{
  "$schema": "./node_modules/linq-webhooks/generated/linq-webhooks.schema.json",
  "subscriptions": []
}
`);
    expect((await world.run(["plan"])).code).toBe(0);
  });

  it("prints the file with --stdout, and writes nothing", async () => {
    const world = await createGrownWorld();
    const { code, stdout, stderr } = await world.run(["pull", "--stdout"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(await readdir(world.folder)).toEqual([]);
    const json = await world.run(["pull", "--stdout", "--json"]);
    expect(JSON.parse(json.stdout)).toMatchObject({ version: 1, text: stdout });
    await world.run(["pull"]);
    expect(await read(world)).toBe(stdout);
  });

  it("prints the written, folded and omitted subscriptions as JSON with --json", async () => {
    const { run } = await createGrownWorld();
    const { stdout } = await run(["pull", "--json"]);
    const { version, file, entries, left } = JSON.parse(stdout) as {
      [name: string]: unknown;
      entries: unknown[];
    };
    expect({ version, file, left }).toEqual({ version: 1, file: "linq-webhooks.json", left: [] });
    expect(entries[2]).toEqual({
      ...{ webhook_url: "https://hooks.example.com/chat", kept: 5, folded: [6, 7], inactive: [8] },
      ...{ secret: "HOOKS_EXAMPLE_COM_CHAT_SECRET", url_variables: [] },
    });
  });
});

describe("the file that pull writes", () => {
  it("is replaced only with --force, and pull sends nothing without it", async () => {
    const world = await createFileWorld({ subscriptions: [] });
    const refused = await world.run(["pull"]);
    expect(refused).toEqual({
      ...{ code: 1, stdout: "" },
      stderr:
        "error: linq-webhooks.json exists already, and was not changed; --force replaces it, --stdout prints instead, --check compares\n",
    });
    expect(world.sandbox.requests).toEqual([]);
    expect((await world.run(["pull", "--force"])).code).toBe(0);
    expect(await read(world)).toContain("$schema");
    expect(await readdir(world.folder)).toEqual(["linq-webhooks.json"]);
  });

  it("is the .jsonc file when --force replaces one", async () => {
    const world = await createFileWorld();
    await world.write("linq-webhooks.jsonc", "{}");
    expect((await world.run(["pull"])).stderr).toContain("linq-webhooks.jsonc exists already");
    expect((await world.run(["pull", "--force"])).code).toBe(0);
    expect(await readdir(world.folder)).toEqual(["linq-webhooks.jsonc"]);
  });

  it("is left unchanged when somebody else has created it meanwhile", async () => {
    const world = await createFileWorld();
    const fetch: typeof world.sandbox.fetch = async (input, init) => {
      await world.write("linq-webhooks.json", "somebody else's");
      return world.sandbox.fetch(input, init);
    };
    const { code, stderr } = await world.run(["pull"], { fetch });
    expect({ code, stderr }).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("exists already, and was not changed") as unknown,
    });
    expect(await read(world)).toBe("somebody else's");
    expect(await readdir(world.folder)).toEqual(["linq-webhooks.json"]);
  });

  it("keeps its place behind a link, and becomes readable by everybody", async () => {
    const world = await createFileWorld();
    await mkdir(join(world.folder, "real"));
    await world.write("real/file.json", "{}");
    await chmod(join(world.folder, "real/file.json"), 0o600);
    await symlink("real/file.json", join(world.folder, "linq-webhooks.json"));
    expect((await world.run(["pull", "--force"])).code).toBe(0);
    expect(await read(world, "real/file.json")).toContain("$schema");
    expect((await stat(join(world.folder, "real/file.json"))).mode & 0o777).toBe(0o644);
  });

  it("refers to the schema relative to its own folder", async () => {
    const world = await createFileWorld();
    await mkdir(join(world.folder, "config"));
    await world.run(["pull", "--file", "config/hooks.json"]);
    expect(await read(world, "config/hooks.json")).toContain(
      '"$schema": "../node_modules/linq-webhooks/generated/linq-webhooks.schema.json"',
    );
  });

  it.each([
    ["none/hooks.json", "its folder does not exist"],
    ["folder", "it is a folder"],
    ["file/hooks.json", "its folder is a file"],
    [`${"n".repeat(300)}.json`, "its name is too long"],
  ])("is refused with the reason at the path %s", async (file, reason) => {
    const world = await createFileWorld();
    await mkdir(join(world.folder, "folder"));
    await world.write("file", "");
    const { code, stderr } = await world.run(["pull", "--file", file, "--force"]);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `error: ${file} was not written: ${reason}\n`,
    });
    expect((await readdir(world.folder)).sort()).toEqual(["file", "folder"]);
  });
});

describe("pull --check", () => {
  it("prints the differences both ways, exits with 2, and writes nothing", async () => {
    const world = await createFileWorld({
      subscriptions: [
        { webhook_url: "https://example.com/a", events: ["message.sent", "message.read"] },
        { webhook_url: "https://example.com/off", events: ["message.sent"], active: false },
      ],
    });
    await world.give(
      { webhook_url: "https://example.com/a", events: SENT },
      { webhook_url: "https://example.com/b", events: SENT },
      { webhook_url: "https://example.com/off", events: SENT, active: false },
      { webhook_url: "https://example.com/off", events: ["message.read"], active: false },
    );
    const before = await read(world);
    expect(await world.run(["pull", "--check"])).toEqual({
      ...{ code: 2, stderr: "" },
      stdout: `~ https://example.com/a (1)
    webhook subscription 1 gets different events
    events: message.sent -> message.read, message.sent
? https://example.com/b (2) is not in the file

linq-webhooks.json and the account differ. \`linq-webhooks apply\` changes the account, \`linq-webhooks pull --force\` the file.
`,
    });
    const { stdout } = await world.run(["pull", "--check", "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ version: 1, agrees: false },
      ...{ steps: [{ action: "update" }], undeclared: [{ id: 2 }] },
    });
    expect(await read(world)).toBe(before);
  });

  it("needs a file, and refuses the options for writing", async () => {
    const { run } = await createFileWorld();
    expect((await run(["pull", "--check"])).stderr).toContain("the file does not exist");
    for (const option of ["--force", "--stdout"]) {
      const { code, stderr } = await run(["pull", "--check", option]);
      expect(code).toBe(1);
      expect(stderr).toContain(
        "--check writes nothing, so it cannot be combined with --stdout or --force: leave them out",
      );
    }
    expect((await run(["pull", "--stdout", "--force"])).code).toBe(1);
  });
});

describe("a subscription that a file cannot contain unchanged", () => {
  const PASSWORD = "s3ntinel-password";
  const KEY = "s3ntinel-0123456789-key";
  const URL_WITH_KEYS = `https://me:${PASSWORD}@example.com/hook?api_key=${KEY}&v=${KEY}&team=blue`;

  it("gets variables in place of the keys in its URL", async () => {
    const world = await createFileWorld();
    await world.give({ webhook_url: URL_WITH_KEYS, events: SENT });
    const printed = await world.run(["pull", "--stdout"]);
    const pulled = await world.run(["pull"]);
    const text = await read(world);
    expect(text).toContain(
      '"https://${EXAMPLE_COM_CREDENTIALS}@example.com/hook?api_key=${EXAMPLE_COM_API_KEY}&v=${EXAMPLE_COM_V_KEY}&team=blue"',
    );
    expect(printed.stdout).toBe(text);
    expect(pulled.stdout).toContain(
      "Set these variables for the keys in URLs before you plan: EXAMPLE_COM_CREDENTIALS, EXAMPLE_COM_API_KEY, EXAMPLE_COM_V_KEY.",
    );
    expect(text + pulled.stdout).not.toMatch(/s3ntinel/);
    const unset = await world.run(["plan"]);
    expect(unset).toMatchObject({ code: 1 });
    expect(unset.stderr).toMatch(
      /^error: linq-webhooks\.json:\d+:31: .* variable is not set; set it\n/,
    );
    const env = {
      EXAMPLE_COM_CREDENTIALS: `me:${PASSWORD}`,
      EXAMPLE_COM_API_KEY: KEY,
      EXAMPLE_COM_V_KEY: KEY,
    };
    const planned = await world.run(["plan"], { env });
    expect(planned.code).toBe(0);
    expect(planned.stdout).not.toMatch(/s3ntinel/);
    expect((await world.run(["pull", "--check"], { env })).code).toBe(0);
  });

  it("is left out, and a comment gives the reason", async () => {
    const world = await createFileWorld();
    const rows = [
      { webhook_url: "example.com/hook", events: SENT },
      { webhook_url: "https://a b.example/", events: SENT },
      { webhook_url: "https://example.com/none", events: [] },
      { webhook_url: `https://example.com/${CLI_TOKEN}`, events: SENT },
      { webhook_url: `https://example.com/${CLI_TOKEN}`, events: SENT },
      { webhook_url: "https://example.com/odd", events: ["new\u001b[2J.event", "new\n.event"] },
      { webhook_url: "https://example.com/odd\u009b", events: SENT, version: null },
    ].map((row, index) => ({ id: index + 1, version: 2, active: true, ...row }));
    const fetch = (): Promise<Response> =>
      Promise.resolve(Response.json({ webhook_subscriptions: rows }));
    const { code, stdout } = await world.run(["pull", "--stdout"], { fetch });
    expect(code).toBe(0);
    for (const id of [1, 2]) {
      expect(stdout).toContain(
        `  // Webhook subscription ${id} is not in this file: its URL is not an absolute URL.\n`,
      );
    }
    const said = stdout.replace(/\n +\/\/ /g, " ");
    expect(said).toContain("3 is not in this file: its events cannot be declared.");
    for (const id of [4, 5]) {
      expect(said).toContain(`${id} is not in this file: it contains a secret in a place`);
    }
    expect(said).toContain("so `plan` and `apply` need --allow-unknown-events.");
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    expect(stdout).not.toContain(CLI_TOKEN);
    const { subscriptions } = parseConfig({ name: "f", text: stdout }, true);
    expect(subscriptions.map(({ webhook_url, events }) => ({ webhook_url, events }))).toEqual(
      rows.slice(5).map(({ webhook_url, events }) => ({ webhook_url, events: [...events].sort() })),
    );
  });
});
