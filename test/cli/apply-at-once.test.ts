import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { createSandbox, type Sandbox } from "../../src/sandbox/index.js";
import { type InstalledCli, installCli, type WatchedProcess } from "../support/installed-cli.js";

const TOKEN = "s3ntinel-of-the-token";
const NAMES = ["a", "b", "c", "d"];

let cli: InstalledCli;

beforeAll(async () => {
  cli = await installCli();
  const subscriptions = NAMES.map((name) => ({
    webhook_url: `https://example.com/${name}`,
    events: ["message.sent", "message.read"],
    secret: { env: "HOOK_SECRET" },
  }));
  await cli.write("linq-webhooks.jsonc", JSON.stringify({ subscriptions }));
});

afterAll(async () => {
  await cli.remove();
});

interface Meeting {
  readonly sandbox: Sandbox;
  readonly start: (...args: string[]) => WatchedProcess;
}

/** A server at which two processes wait for each other at each of their first `lists` lists. */
async function createMeeting(lists: number): Promise<Meeting> {
  let release: (() => void) | undefined;
  const sandbox = createSandbox({
    token: TOKEN,
    sleep: () =>
      new Promise((resolve) => {
        if (release) {
          release();
          release = undefined;
          resolve();
        } else {
          release = resolve;
        }
      }),
  });
  if (lists > 0) {
    sandbox.inject({
      ...{ kind: "latency", ms: 1, where: "after", times: 2 * lists },
      ...{ operation: "listWebhookSubscriptions" },
    });
  }
  const server = await sandbox.listen();
  onTestFinished(server.close);
  const env = { LINQ_BASE_URL: server.url, LINQ_INTEGRATION_TOKEN: TOKEN };
  return {
    sandbox,
    // A plan needs no secrets, so it gets none.
    start: (...args) =>
      cli.start("linq-webhooks", args, {
        ...env,
        ...(args[0] === "apply" && { HOOK_SECRET: "s3ntinel-of-the-hook" }),
      }),
  };
}

/** Checks that each exits with 0, or with 1 and what the other did, and prints no secret. */
async function endOf(...processes: WatchedProcess[]): Promise<void> {
  const codes = await Promise.all(processes.map(({ ended }) => ended));
  for (const [index, { stdout, stderr }] of processes.entries()) {
    expect(stdout() + stderr()).not.toContain("s3ntinel");
    expect(codes[index]).toBeOneOf([0, 1]);
    if (codes[index] === 1) {
      expect(stdout() + stderr()).toMatch(/another client has written|have changed since/);
    }
  }
}

function expectEachOnce({ subscriptions }: Sandbox): void {
  expect(subscriptions.map(({ webhook_url }) => webhook_url).sort()).toEqual(
    NAMES.map((name) => `https://example.com/${name}`),
  );
  expect(subscriptions.every(({ secret_configured }) => secret_configured)).toBe(true);
}

describe("two applies at once, as processes of the packed package", () => {
  it("leave each subscription once when both find none and create all", async () => {
    const { sandbox, start } = await createMeeting(2);
    await endOf(start("apply", "--yes"), start("apply", "--yes"));
    expectEachOnce(sandbox);
    expect(await start("plan").ended).toBe(0);
  });

  it("leave each subscription once when one may be faster", async () => {
    const { sandbox, start } = await createMeeting(1);
    await endOf(start("apply", "--yes"), start("apply", "--yes"));
    expectEachOnce(sandbox);
    expect(await start("plan").ended).toBe(0);
  });

  it("of one written plan leave each subscription once, and a third is refused", async () => {
    const { sandbox, start } = await createMeeting(0);
    const planned = start("plan", "--out", "plan.json");
    expect(await planned.ended).toBe(2);
    expect(planned.stdout()).toContain("it needs the environment variable HOOK_SECRET.");
    const apply = ["apply", "plan.json", "--yes"];
    await endOf(start(...apply), start(...apply));
    expectEachOnce(sandbox);
    const late = start(...apply);
    expect(await late.ended).toBe(1);
    expect(late.stderr()).toMatch(
      /^error: the subscriptions have changed .* nothing is left to do/,
    );
  });
});

it("a pulled file agrees with the applied file, with real processes", async () => {
  const { start } = await createMeeting(0);
  expect(await start("apply", "--yes").ended).toBe(0);
  const pulled = start("pull", "--file", "pulled.json");
  expect(await pulled.ended).toBe(0);
  expect(pulled.stdout()).toContain("Wrote pulled.json: 4 webhook subscriptions, 4 URLs.");
  expect(await start("pull", "--check", "--file", "pulled.json").ended).toBe(0);
  expect(await start("plan", "--file", "pulled.json").ended).toBe(0);
  const again = start("pull", "--file", "pulled.json");
  expect(await again.ended).toBe(1);
  expect(again.stderr()).toMatch(/^error: pulled\.json exists already/);
  const folder = start("pull", "--file", "none/pulled.json");
  expect(await folder.ended).toBe(1);
  expect(folder.stderr()).toBe(
    "error: none/pulled.json was not written: its folder does not exist\n",
  );
});
