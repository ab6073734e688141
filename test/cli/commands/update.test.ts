import { describe, expect, it } from "vitest";
import { createFileWorld, type FileWorld } from "../file-world.js";

async function createOne(): Promise<FileWorld> {
  const world = await createFileWorld();
  await world.give({ webhook_url: "https://example.com/hook", events: ["message.sent"] });
  return world;
}

describe("update", () => {
  it("changes the given fields, and leaves the rest", async () => {
    const { run, sandbox } = await createOne();
    const { code, stdout } = await run(["update", "1", "--inactive", "--yes"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Changed subscription 1\.\nid /);
    expect(sandbox.subscriptions).toMatchObject([{ active: false, events: ["message.sent"] }]);
    const url = "https://example.com/other";
    const argv = [
      "update",
      "1",
      `--url=${url}`,
      "--event=message.read",
      "--active",
      "--yes",
      "--json",
    ];
    expect(JSON.parse((await run(argv)).stdout)).toMatchObject({
      version: 1,
      subscription: { id: 1, webhook_url: url, events: ["message.read"], active: true },
    });
  });

  it("asks for confirmation, and names the fields that would change", async () => {
    const { run, sandbox } = await createOne();
    const world = { isTTY: true, stdin: ["n\n"], env: { NO_COLOR: "1", SECRET: "s3ntinel one" } };
    const argv = ["update", "1", "--url=https://x.example", "--secret-env=SECRET", "--inactive"];
    const { code, stderr } = await run(argv, world);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^Change url, secret, active of subscription 1 \(https:\/\/example\.com\/hook\)\? \[y\/N\] error: not confirmed/,
    );
    expect(sandbox.subscriptions).toMatchObject([{ active: true, secret_configured: false }]);
    expect((await run(argv, { ...world, stdin: ["y\n"] })).code).toBe(0);
    expect(sandbox.subscriptions).toMatchObject([{ active: false, secret_configured: true }]);
  });

  it("reports that a change has removed the secret, and how to set it again", async () => {
    const { run, give, sandbox } = await createFileWorld(undefined, {
      switches: { putWithoutSecret: "clear" },
    });
    const env = { SECRET: "s3ntinel one" };
    await give({
      webhook_url: "https://example.com/hook",
      events: ["message.sent"],
      secret: env.SECRET,
    });
    const argv = ["update", "1", "--event=message.read", "--yes"];
    const { code, stderr } = await run(argv);
    expect(code).toBe(1);
    expect(stderr).toContain("set it again with `linq-webhooks update 1 --secret-env NAME`");
    expect(await run([...argv, "--secret-env=SECRET"], { env })).toMatchObject({ code: 0 });
    expect(sandbox.subscriptions).toMatchObject([{ secret_configured: true }]);
  });

  it("refuses a duplicate without --allow-duplicate", async () => {
    const { run, give } = await createOne();
    await give({ webhook_url: "https://example.com/other", events: ["message.sent"] });
    const argv = ["update", "2", "--url=https://example.com/hook", "--yes"];
    const { code, stderr } = await run(argv);
    expect(code).toBe(1);
    expect(stderr).toContain("or pass --allow-duplicate");
    expect((await run([...argv, "--allow-duplicate"])).code).toBe(0);
  });

  it.each([
    [["1"], "there is nothing to change"],
    [["1", "--yes", "--event=,"], "there is nothing to change"],
    [["1", "--active", "--inactive"], "--active and --inactive cannot be combined: leave one out"],
    [["one", "--active"], "<id> must be a positive integer"],
    [["7", "--active", "--yes"], "there is no webhook subscription 7"],
  ])("refuses %j", async (args, expected) => {
    const { run, sandbox } = await createOne();
    const [before] = sandbox.subscriptions;
    const { code, stdout, stderr } = await run(["update", ...args]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain(`error: ${expected}`);
    expect(sandbox.subscriptions).toEqual([before]);
  });
});
