import { describe, expect, it } from "vitest";
import { createFileWorld } from "../file-world.js";

describe("get", () => {
  it("prints a subscription with one field per line", async () => {
    const { run, give } = await createFileWorld(undefined, {
      now: () => Date.parse("2025-06-01T10:00:00Z"),
    });
    await give({ webhook_url: "https://example.com/a", events: ["message.sent", "message.read"] });
    expect(await run(["get", "1"])).toEqual({
      code: 0,
      stdout: `id             1
url            https://example.com/a
events         message.sent, message.read
active         yes
secret         no
version        2
last delivery  never
attempts       0
created        2 h ago (2025-06-01T10:00:00.000Z)
updated        2 h ago (2025-06-01T10:00:00.000Z)
`,
      stderr: "",
    });
    const { stdout } = await run(["get", "1", "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({ version: 1, subscription: { id: 1, active: true } });
  });

  it("reports a missing subscription as an error", async () => {
    const { run } = await createFileWorld();
    expect(await run(["get", "7"])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /^error: there is no webhook subscription 7 .*`linq-webhooks list`/,
      ) as unknown,
    });
  });

  it.each(["0", "-1", "1.5", "1e3", "0x1", "9007199254740993", "s3ntinel", " 1"])(
    "refuses %j as an id, and does not repeat it",
    async (id) => {
      const { run, sandbox } = await createFileWorld();
      const { code, stderr } = await run(["get", "--", id]);
      expect({ code, stderr }).toEqual({
        code: 1,
        stderr: "error: <id> must be a positive integer; `linq-webhooks list` shows all ids\n",
      });
      expect(sandbox.requests).toEqual([]);
    },
  );
});
