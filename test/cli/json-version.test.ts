import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { COMMANDS } from "../../src/cli/commands.js";
import { createFileWorld, type FileWorld } from "./file-world.js";

const HOOK = "https://example.com/hook";
const FIELDS = [`--url=${HOOK}`, "--event=message.sent"];

/** Arguments that run each command to its end; the first output ends one that serves. */
const LINES: Readonly<Record<string, readonly (readonly string[])[]>> = {
  list: [["list"], ["list", "--duplicates"]],
  get: [["get", "1"]],
  create: [["create", "--url=https://example.com/other", "--event=message.sent"]],
  ensure: [["ensure", ...FIELDS]],
  update: [["update", "1", "--inactive", "--yes"]],
  delete: [["delete", "1", "--yes"]],
  duplicates: [["duplicates"], ["duplicates", "--remove", "--yes"]],
  pull: [
    ["pull", "--file=pulled.json"],
    ["pull", "--stdout"],
    ["pull", "--check"],
  ],
  plan: [["plan"], ["plan", "--out=plan.json"]],
  apply: [["apply", "--yes"]],
  doctor: [["doctor"]],
  rotate: [["rotate", ...FIELDS.slice(0, 1), "--new-secret-env=SECRET", "--no-probe", "--yes"]],
  listen: [["listen", "--port=0"]],
  sandbox: [["sandbox", "--port=0"]],
  send: [
    ["send", "message.sent", `--to=${HOOK}`],
    ["send", "--body-file=linq-webhooks.json", `--to=${HOOK}`, "--twice"],
  ],
  completion: [["completion", "bash"]],
};

async function createJsonWorld(): Promise<FileWorld> {
  const subscriptions = [{ webhook_url: HOOK, events: ["message.sent"] }];
  const world = await createFileWorld({ subscriptions });
  await world.give({ webhook_url: HOOK, events: ["message.sent"] });
  return world;
}

it("the arguments cover every command", () => {
  expect(Object.keys(LINES)).toEqual(Object.keys(COMMANDS));
});

describe("--json prints its version in every document", () => {
  it.each(Object.values(LINES).flat())("of %s", async (...argv) => {
    const world = await createJsonWorld();
    const closed = new AbortController();
    const { code, stdout, stderr } = await world.run([...argv, "--json"], {
      env: { SECRET: "a secret of the test" },
      outputClosed: closed.signal,
      onWrite: () => {
        closed.abort();
      },
      fetch: (input, init) => {
        const isHook = new Request(input, init).url === HOOK;
        return isHook ? Promise.resolve(new Response()) : world.sandbox.fetch(input, init);
      },
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const documents = stdout.trimEnd().split("\n");
    for (const each of documents) expect(JSON.parse(each)).toMatchObject({ version: 1 });
  });

  it("of a written plan, and of an error", async () => {
    const { run, folder } = await createJsonWorld();
    await run(["plan", "--out=plan.json"]);
    const plan = await readFile(join(folder, "plan.json"), "utf8");
    expect(JSON.parse(plan)).toMatchObject({ version: 1 });
    const { stderr } = await run(["get", "9", "--json"]);
    expect(JSON.parse(stderr)).toMatchObject({ version: 1, error: { code: "not_found" } });
  });
});
