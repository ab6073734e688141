import { describe, expect, it } from "vitest";
import { createFileWorld } from "../file-world.js";

const HOOK = ["--url", "https://example.com/hook"];

describe("create", () => {
  it("creates a subscription, and prints it", async () => {
    const { run, sandbox } = await createFileWorld();
    const { code, stdout, stderr } = await run([
      ...["create", ...HOOK, "--event", "message.sent", "--event", "message.read, call.completed,"],
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^Created subscription 1\.\nid {13}1\n/);
    expect(sandbox.subscriptions).toMatchObject([
      { events: ["message.sent", "message.read", "call.completed"], active: true },
    ]);
  });

  it("prints the created subscription as JSON with --json", async () => {
    const { run } = await createFileWorld();
    const argv = ["create", ...HOOK, "--event=message.sent", "--inactive", "--json"];
    expect(JSON.parse((await run(argv)).stdout)).toMatchObject({
      version: 1,
      subscription: { id: 1, active: false, webhook_url: "https://example.com/hook" },
    });
  });

  it("refuses a duplicate without --allow-duplicate", async () => {
    const { run, sandbox } = await createFileWorld();
    const argv = ["create", ...HOOK, "--event=message.sent"];
    await run(argv);
    const { code, stderr } = await run(argv);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^error: webhook subscription 1 already delivers message\.sent .*`linq-webhooks ensure`.*--allow-duplicate\n$/,
    );
    expect((await run([...argv, "--allow-duplicate"])).code).toBe(0);
    expect(sandbox.subscriptions).toHaveLength(2);
  });

  it.each([
    [["--event=message.sent"], "--url is missing: --url=<url>"],
    [HOOK, "--event is missing: --event=<name>"],
    [
      ["--url=hook", "--event=message.sent"],
      '--url must be an absolute URL such as "https://example.com/hook"',
    ],
    [
      [...HOOK, "--event=message.recieved"],
      '--event must be a known event name; did you mean "message.received"? (--allow-unknown-events lets it through)',
    ],
    [[...HOOK, "--event=,"], "--event is missing: --event=<name>"],
  ])("refuses %j, and sends nothing", async (args, expected) => {
    const { run, sandbox } = await createFileWorld();
    const { code, stdout, stderr } = await run(["create", ...args]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain(`error: ${expected}`);
    expect(sandbox.requests).toEqual([]);
  });

  it("accepts an unknown event with --allow-unknown-events", async () => {
    const { run, sandbox } = await createFileWorld(undefined, {
      switches: { invalidInput: "accept" },
    });
    const argv = ["create", ...HOOK, "--event=message.recalled", "--allow-unknown-events"];
    expect((await run(argv)).code).toBe(0);
    expect(sandbox.subscriptions).toMatchObject([{ events: ["message.recalled"] }]);
  });
});
