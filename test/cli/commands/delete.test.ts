import { describe, expect, it } from "vitest";
import { createFileWorld } from "../file-world.js";

const INPUT = { webhook_url: "https://example.com/hook", events: ["message.sent"] } as const;

describe("delete", () => {
  it("deletes a subscription with --yes", async () => {
    const { run, give, sandbox } = await createFileWorld();
    await give(INPUT, { ...INPUT, webhook_url: "https://example.com/other" });
    expect(await run(["delete", "1", "--yes"])).toEqual({
      code: 0,
      stdout: "Deleted subscription 1.\n",
      stderr: "",
    });
    expect(sandbox.subscriptions.map(({ id }) => id)).toEqual([2]);
    expect((await run(["delete", "2", "--yes", "--json"])).stdout).toBe(
      '{"version":1,"id":2,"deleted":true}\n',
    );
  });

  it("reports a missing subscription as an error, except with --ignore-missing", async () => {
    const { run } = await createFileWorld();
    expect(await run(["delete", "7", "--yes"])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("there is no webhook subscription 7") as unknown,
    });
    const lenient = ["delete", "7", "--ignore-missing"];
    expect(await run([...lenient, "--yes"])).toEqual({
      code: 0,
      stdout: "Subscription 7 does not exist.\n",
      stderr: "",
    });
    expect((await run([...lenient, "--yes", "--json"])).stdout).toBe(
      '{"version":1,"id":7,"deleted":false}\n',
    );
    // It asks no question, because there is nothing to delete.
    expect(await run(lenient)).toMatchObject({ code: 0, stderr: "" });
  });
});
