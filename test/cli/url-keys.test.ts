import { describe, expect, it } from "vitest";
import { createFileWorld, type FileWorld } from "./file-world.js";

const PASSWORD = "s3ntinel-password";
const KEY = "s3ntinel-0123456789-key";
const URL_WITH_KEYS = `https://s3ntinel-user:${PASSWORD}@example.com/hook?api_key=${KEY}&team=blue`;
const SHOWN = "https://***@example.com/hook?api_key=***&team=blue";
const INPUT = { webhook_url: URL_WITH_KEYS, events: ["message.sent"] } as const;
const FIELDS = ["--url", URL_WITH_KEYS, "--event", "message.sent"];

async function createWorld(): Promise<FileWorld> {
  return createFileWorld({
    subscriptions: [{ webhook_url: URL_WITH_KEYS, events: ["message.sent", "message.read"] }],
  });
}

describe("a webhook URL works, and its keys are never shown", () => {
  it.each<[string, (world: FileWorld) => Promise<unknown>, string[], number]>([
    ["create", () => Promise.resolve(), ["create", ...FIELDS], 0],
    ["ensure", () => Promise.resolve(), ["ensure", ...FIELDS], 0],
    ["a refused create", ({ give }) => give(INPUT), ["create", ...FIELDS], 1],
    ["list", ({ give }) => give(INPUT), ["list"], 0],
    ["get", ({ give }) => give(INPUT), ["get", "1"], 0],
    ["update", ({ give }) => give(INPUT), ["update", "1", "--event", "message.read", "--yes"], 0],
    ["plan", ({ give }) => give(INPUT), ["plan"], 2],
    ["apply", ({ give }) => give(INPUT), ["apply", "--yes"], 0],
    ["plan --markdown", ({ give }) => give(INPUT), ["plan", "--markdown"], 2],
    ["plan --out", ({ give }) => give(INPUT), ["plan", "--out", "plan.json"], 2],
    [
      "apply of a plan",
      ({ give, run }) => give(INPUT).then(() => run(["plan", "--out", "plan.json"])),
      ["apply", "plan.json", "--yes"],
      0,
    ],
    ["pull", ({ give }) => give(INPUT, INPUT), ["pull", "--force"], 0],
    ["pull --stdout", ({ give }) => give(INPUT), ["pull", "--stdout"], 0],
    ["pull --check", ({ give }) => give(INPUT, INPUT), ["pull", "--check"], 2],
    ["duplicates", ({ give }) => give(INPUT, INPUT), ["duplicates"], 0],
    [
      "duplicates --remove",
      ({ give }) => give(INPUT, INPUT),
      ["duplicates", "--remove", "--yes"],
      0,
    ],
    [
      "an ensure with another spelling",
      ({ give }) => give({ ...INPUT, webhook_url: URL_WITH_KEYS.replace("/hook", "/Hook") }),
      ["ensure", ...FIELDS],
      1,
    ],
    [
      "a creation that a gateway answers with 502",
      ({ sandbox }) => {
        sandbox.inject({
          kind: "html",
          status: 502,
          operation: "createWebhookSubscription",
          times: 9,
        });
        return Promise.resolve();
      },
      ["ensure", ...FIELDS],
      1,
    ],
  ])("by %s", async (_name, prepare, argv, code) => {
    // A plan cannot be both Markdown and JSON.
    for (const more of argv.includes("--markdown") ? [[]] : [[], ["--json"]]) {
      const world = await createWorld();
      await prepare(world);
      const result = await world.run([...argv, ...more]);
      expect(result).toMatchObject({ code });
      expect(result.stdout + result.stderr).not.toMatch(/s3ntinel/);
      for (const { webhook_url } of world.sandbox.subscriptions) {
        expect(webhook_url.toLowerCase()).toBe(URL_WITH_KEYS.toLowerCase());
      }
    }
  });

  it("by a question", async () => {
    const { run, give } = await createWorld();
    await give(INPUT);
    const { stderr, stdout } = await run(["delete", "1"], { isTTY: true, stdin: ["n\n"] });
    expect(stderr + stdout).toContain(SHOWN);
    expect(stderr + stdout).not.toMatch(/s3ntinel/);
  });

  it("and URLs that differ only in their keys are not duplicates", async () => {
    const { run, give } = await createWorld();
    await give(INPUT, { ...INPUT, webhook_url: URL_WITH_KEYS.replace(KEY, `${KEY}-2`) });
    expect((await run(["duplicates"])).stdout).toBe("No event is delivered more than once.\n");
    const { stdout } = await run(["list"]);
    expect(stdout).not.toContain("twice");
    expect(stdout.split(SHOWN).length).toBe(3);
  });
});
