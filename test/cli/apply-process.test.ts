import { spawnSync } from "node:child_process";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createSandbox, type Sandbox, type SandboxServer } from "../../src/sandbox/index.js";
import { type InstalledCli, installCli, type WatchedProcess } from "../support/installed-cli.js";

const TOKEN = "s3ntinel-of-the-token";
const SECRET = "s3ntinel-of-the-environment";
const NAMES = ["a", "b", "c"];

let cli: InstalledCli;
let server: SandboxServer | undefined;

beforeAll(async () => {
  cli = await installCli();
  await cli.write(
    "linq-webhooks.json",
    JSON.stringify({
      $schema: "./node_modules/linq-webhooks/generated/linq-webhooks.schema.json",
      subscriptions: NAMES.map((name) => ({
        webhook_url: `https://example.com/${name}`,
        events: ["message.sent"],
        secret: { env: "HOOK_SECRET" },
      })),
    }),
  );
});

afterEach(async () => {
  await server?.close();
});

afterAll(async () => {
  await cli.remove();
});

/** A promise that `open` resolves. */
function createGate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return {
    opened,
    open: () => {
      open();
    },
  };
}

/** A sandbox that waits at an injected delay until the test releases it. */
async function serve(): Promise<{ sandbox: Sandbox; held: Promise<void>; release: () => void }> {
  const hold = createGate();
  const release = createGate();
  const sandbox = createSandbox({
    token: TOKEN,
    sleep: () => {
      hold.open();
      return release.opened;
    },
  });
  server = await sandbox.listen();
  return { sandbox, held: hold.opened, release: release.open };
}

/** Delays the answer to the second creation, which has already been carried out. */
function holdSecondCreation(sandbox: Sandbox): void {
  sandbox.inject({
    ...{ kind: "latency", ms: 1, where: "after" },
    ...{ operation: "createWebhookSubscription", skip: 1 },
  });
}

function environment(): Record<string, string> {
  return { LINQ_BASE_URL: server?.url ?? "", LINQ_INTEGRATION_TOKEN: TOKEN, HOOK_SECRET: SECRET };
}

function start(...args: string[]): WatchedProcess {
  return cli.start("linq-webhooks", args, environment());
}

/** Runs its arguments in a terminal, and exits with their code. */
const PYTHON = "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))";

/** Runs the command in its own terminal, as a person does. */
function startInTerminal(...args: string[]): WatchedProcess {
  const command = ["linq-webhooks", ...args];
  const { error, stdout } = spawnSync("script", ["--version"], { encoding: "utf8" });
  // Debian always has `script` of util-linux; the BSDs have one with other arguments.
  if (error) return cli.start("python3", ["-c", PYTHON, ...command], environment());
  const isLinux = stdout.includes("util-linux");
  const rest = isLinux
    ? ["-qefc", command.join(" "), "/dev/null"]
    : ["-q", "/dev/null", ...command];
  return cli.start("script", rest, environment());
}

/** Returns the exit code, and checks that no secret was printed. */
async function codeOf(started: WatchedProcess): Promise<number | string> {
  const code = await started.ended;
  expect(started.stdout() + started.stderr()).not.toContain("s3ntinel");
  return code;
}

function urlsOf({ subscriptions }: Sandbox): string[] {
  return subscriptions.map(({ webhook_url }) => webhook_url).sort();
}

const ALL = NAMES.map((name) => `https://example.com/${name}`);

describe("the command, as a process of the packed package", () => {
  it("exits with 2 for changes, 1 for an error, 0 when applied, 0 for no change", async () => {
    const { sandbox } = await serve();
    expect(await codeOf(start("plan"))).toBe(2);
    expect(await codeOf(start("plan", "--file", "none.json"))).toBe(1);
    expect(await codeOf(start("apply"))).toBe(1);
    expect(sandbox.subscriptions).toEqual([]);
    expect(await codeOf(start("apply", "--yes"))).toBe(0);
    expect(urlsOf(sandbox)).toEqual(ALL);
    expect(await codeOf(start("plan"))).toBe(0);
  });

  it("finishes the request under way on SIGINT, prints the rest, and exits with 130", async () => {
    const { sandbox, held, release } = await serve();
    holdSecondCreation(sandbox);
    const applying = start("apply", "--yes", "--concurrency", "1");
    await applying.until(held);
    applying.kill("SIGINT");
    await applying.says("Interrupted: finishing the steps under way.");
    release();
    expect(await codeOf(applying)).toBe(130);
    expect(applying.stdout()).toMatch(
      /done .*\/a\ndone .*\/b\npending .*\/c\nApplied: 2 done, 0 failed, 1 pending\./,
    );
    expect(urlsOf(sandbox)).toEqual(ALL.slice(0, 2));
    expect(await codeOf(start("apply", "--yes"))).toBe(0);
    expect(urlsOf(sandbox)).toEqual(ALL);
  });

  it("exits immediately on a second SIGINT", async () => {
    const { sandbox, held, release } = await serve();
    holdSecondCreation(sandbox);
    const applying = start("apply", "--yes", "--concurrency", "1");
    await applying.until(held);
    applying.kill("SIGINT");
    await applying.says("Interrupt again to stop at once.");
    applying.kill("SIGINT");
    expect(await codeOf(applying)).toBe("SIGINT");
    release();
  });

  it("can be killed during a request, and does the rest on the next run", async () => {
    const { sandbox, held, release } = await serve();
    holdSecondCreation(sandbox);
    const applying = start("apply", "--yes", "--concurrency", "1");
    await applying.until(held);
    applying.kill("SIGKILL");
    expect(await codeOf(applying)).toBe("SIGKILL");
    release();
    expect(urlsOf(sandbox)).toEqual(ALL.slice(0, 2));
    const again = start("apply", "--yes");
    expect(await codeOf(again)).toBe(0);
    expect(again.stdout()).toContain("Plan: 1 to add, 0 to change, 0 to delete, 2 unchanged.");
    expect(urlsOf(sandbox)).toEqual(ALL);
    expect(await codeOf(start("plan"))).toBe(0);
  });
});

describe("the command, in a terminal", () => {
  it("asks, shows a progress bar and colours, and applies the plan on a yes", async () => {
    const { sandbox } = await serve();
    const applying = startInTerminal("apply");
    await applying.says("Carry out these 3 changes? [y/N] ");
    expect(sandbox.subscriptions).toEqual([]);
    applying.type("y\n");
    expect(await codeOf(applying)).toBe(0);
    expect(applying.stdout()).toContain("\u001b[32m+ https://example.com/a\u001b[39m");
    expect(applying.stdout()).toContain("0/3");
    expect(applying.stdout()).toContain("Applied: 3 done, 0 failed, 0 pending.");
    expect(urlsOf(sandbox)).toEqual(ALL);
  });

  it("changes nothing on a no", async () => {
    const { sandbox } = await serve();
    const applying = startInTerminal("apply");
    await applying.says("[y/N] ");
    applying.type("n\n");
    expect(await codeOf(applying)).toBe(1);
    expect(applying.stdout()).toContain("not confirmed; nothing was changed");
    expect(sandbox.subscriptions).toEqual([]);
  });

  it("changes nothing on Ctrl+C at the question, and exits with 130", async () => {
    const { sandbox } = await serve();
    const applying = startInTerminal("apply");
    await applying.says("[y/N] ");
    applying.type("\u0003");
    expect(await codeOf(applying)).toBe(130);
    expect(sandbox.subscriptions).toEqual([]);
  });
});
