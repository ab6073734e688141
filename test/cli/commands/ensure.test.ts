import { describe, expect, it } from "vitest";
import { signBody } from "../../../src/receiver/index.js";
import { createFileWorld } from "../file-world.js";

const ENSURE = ["ensure", "--url=https://example.com/hook", "--event=message.sent,message.read"];

describe("ensure", () => {
  it("creates a missing subscription, and does nothing on the next run", async () => {
    const { run, sandbox } = await createFileWorld();
    const first = await run(ENSURE);
    expect(first).toMatchObject({ code: 0, stderr: "" });
    expect(first.stdout).toMatch(/^Created what was missing\.\nID .*\n 1 {2}https:.*message\.read/);
    const again = await run(ENSURE);
    expect(again.stdout).toMatch(/^Nothing to do: each event is delivered exactly once\.\n/);
    expect(sandbox.subscriptions).toHaveLength(1);
  });

  it("stops duplicate deliveries", async () => {
    const { run, give, sandbox } = await createFileWorld();
    const input = { webhook_url: "https://example.com/hook", events: ["message.sent"] } as const;
    await give(input, input);
    const { code, stdout } = await run([...ENSURE, "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      outcome: "created",
      subscriptions: [{ id: 1 }, { events: ["message.read"] }],
    });
    expect(sandbox.subscriptions.map(({ id }) => id)).not.toContain(2);
  });

  it("says that it has not compared a secret, and writes it with --rotate-secret", async () => {
    const { run, give, sandbox } = await createFileWorld();
    await give({
      webhook_url: "https://example.com/hook",
      events: ["message.sent", "message.read"],
      secret: "s3ntinel one",
    });
    const env = { HOOK_SECRET: "s3ntinel two" };
    const argv = [...ENSURE, "--secret-env=HOOK_SECRET"];
    expect((await run(argv, { env })).stdout).toMatch(
      /^Nothing to do: .*\n.* not compared .* --rotate-secret writes yours\.\n/,
    );
    const { stdout } = await run([...argv, "--rotate-secret"], { env });
    expect(stdout).toMatch(/^Changed the subscriptions that differed\.\n/);
    const [delivery] = await sandbox.emit("message.sent");
    expect(delivery?.signature).toBe(await signBody(delivery?.body ?? "", "s3ntinel two"));
  });

  it("refuses --rotate-secret without a secret", async () => {
    const { run } = await createFileWorld();
    const { code, stderr } = await run([...ENSURE, "--rotate-secret"]);
    expect(code).toBe(1);
    expect(stderr).toBe(
      "error: the secret must be given (--secret-env or --secret-file) with --rotate-secret, which writes it\n",
    );
  });

  it("says how to provide a secret that it needs", async () => {
    const { run, give } = await createFileWorld();
    const input = { webhook_url: "https://example.com/hook", events: ["message.sent"] } as const;
    await give(input, {
      ...input,
      events: ["message.sent", "message.read"],
      secret: "s3ntinel one",
    });
    const { code, stderr } = await run(ENSURE);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: .*secret.*(linq-webhooks|--secret-env).*\n$/);
    expect(stderr).not.toContain("s3ntinel");
  });
});
