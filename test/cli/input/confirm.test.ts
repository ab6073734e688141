import { describe, expect, it } from "vitest";
import { createFileWorld, type FileWorld } from "../file-world.js";

async function createOne(): Promise<FileWorld> {
  const world = await createFileWorld();
  await world.give({ webhook_url: "https://example.com/hook", events: ["message.sent"] });
  return world;
}

describe("a question", () => {
  it.each(["y\n", "Y\n", "yes\r\n", " y \n", "y"])("accepts %j as a yes", async (answer) => {
    const { run, sandbox } = await createOne();
    const { code, stdout, stderr } = await run(["delete", "1"], { isTTY: true, stdin: [answer] });
    expect(stderr).toBe("Delete subscription 1 (https://example.com/hook, message.sent)? [y/N] ");
    expect(stdout).toContain("Deleted subscription 1.");
    expect(code).toBe(0);
    expect(sandbox.subscriptions).toEqual([]);
  });

  it.each([["n\n"], ["\n"], ["yep\n"], ["ja\n"], ["no\ny\n"], []])(
    "treats %j as a no",
    async (...stdin) => {
      const { run, sandbox } = await createOne();
      const { code, stderr } = await run(["delete", "1"], { isTTY: true, stdin });
      expect(code).toBe(1);
      expect(stderr).toMatch(/error:\S* not confirmed; nothing was changed\n$/);
      expect(sandbox.subscriptions).toHaveLength(1);
    },
  );

  it("is not asked with --yes", async () => {
    const { run, sandbox } = await createOne();
    const { code, stderr } = await run(["delete", "1", "--yes"], { isTTY: true });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(sandbox.subscriptions).toEqual([]);
  });

  it("is refused without a terminal, whatever the input says", async () => {
    const { run, sandbox } = await createOne();
    const { code, stderr } = await run(["delete", "1"], { stdin: ["y\n"] });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr:
        "error: this command asks for confirmation, which needs a terminal, so nothing was changed: add --yes\n",
    });
    expect(sandbox.subscriptions).toHaveLength(1);
  });

  it("is answered after the token on the same input", async () => {
    const { run, sandbox } = await createOne();
    const { code } = await run(["delete", "1", "--token-stdin"], {
      isTTY: true,
      stdin: ["some-token\ny\n"],
    });
    expect(code).toBe(0);
    expect(sandbox.subscriptions).toEqual([]);
  });

  it("escapes the control characters that a server sends", async () => {
    const world = await createFileWorld();
    await world.give({
      webhook_url: "https://example.com/\u001b[2J\u009b8m",
      events: ["message.sent"],
    });
    const { stderr } = await world.run(["delete", "1"], {
      isTTY: true,
      stdin: ["n\n"],
      env: { NO_COLOR: "1" },
    });
    expect(stderr).toContain("https://example.com/\\u001b[2J\\u009b8m");
    expect(stderr).not.toMatch(/[\u001b\u009b]/);
  });
});
