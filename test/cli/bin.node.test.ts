import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { createSandbox, type Sandbox } from "../../src/sandbox/index.js";
import { type InstalledCli, installCli, type WatchedProcess } from "../support/installed-cli.js";

const TOKEN = "s3ntinel-of-the-token";

let cli: InstalledCli;

beforeAll(async () => {
  cli = await installCli();
});

afterAll(async () => {
  await cli.remove();
});

interface Served {
  readonly sandbox: Sandbox;
  readonly env: Readonly<Record<string, string>>;
}

async function serve(): Promise<Served> {
  const sandbox = createSandbox({ token: TOKEN });
  const server = await sandbox.listen();
  onTestFinished(server.close);
  return { sandbox, env: { LINQ_BASE_URL: server.url, LINQ_INTEGRATION_TOKEN: TOKEN } };
}

/** Serves a list that does not fit into a pipe at once. */
async function serveLongList(): Promise<Served["env"]> {
  const list = Array.from({ length: 3_000 }, (_, index) => ({
    ...{ id: index + 1, webhook_url: `https://example.com/hooks/${index}`, version: 2 },
    ...{ events: ["message.sent", "message.received"], active: true },
  }));
  const server = createServer((_request, response) => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ webhook_subscriptions: list }));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return { LINQ_BASE_URL: `http://127.0.0.1:${port}`, LINQ_INTEGRATION_TOKEN: TOKEN };
}

function start(env: Served["env"], ...args: string[]): WatchedProcess {
  return cli.start("linq-webhooks", args, env);
}

/** Runs a line of the shell, which exits with the code of the last command that fails. */
function startLine(env: Served["env"], line: string): WatchedProcess {
  return cli.start("bash", ["-o", "pipefail", "-c", line], env);
}

/** Runs the command in its own terminal, with a program that every Debian has. */
function startInTerminal(env: Served["env"], ...args: string[]): WatchedProcess {
  return cli.start("script", ["-qefc", ["linq-webhooks", ...args].join(" "), "/dev/null"], env);
}

const CREATE = ["create", "--url=https://example.com/hook", "--event=message.sent"];

describe("the command, as a process of the packed package", () => {
  it("prints the version and the help, and exits with 1 without arguments", async () => {
    const version = start({}, "--version");
    expect(await version.ended).toBe(0);
    expect(version.stdout()).toMatch(/^\d+\.\d+\.\d+\n$/);
    const help = start({}, "--help");
    expect(await help.ended).toBe(0);
    expect(help.stdout()).toContain("Usage: linq-webhooks <command>");
    expect(await start({}).ended).toBe(1);
  });

  it("creates and deletes, and exits with 0 for success and 1 for an error", async () => {
    const { sandbox, env } = await serve();
    expect(await start(env, ...CREATE).ended).toBe(0);
    expect(sandbox.subscriptions).toHaveLength(1);
    const refused = start(env, ...CREATE);
    expect(await refused.ended).toBe(1);
    expect(refused.stderr()).toMatch(/^error: webhook subscription 1 already delivers .*\n$/);
    expect(await start(env, "delete", "1").ended).toBe(1);
    expect(await start(env, "delete", "1", "--yes").ended).toBe(0);
    expect(sandbox.subscriptions).toEqual([]);
  });

  it("reads a token from an input that stays open", async () => {
    const { env } = await serve();
    const listing = start({ ...env, LINQ_INTEGRATION_TOKEN: "" }, "list", "--token-stdin");
    listing.type(`${TOKEN}\r\n`);
    expect(await listing.ended).toBe(0);
    expect(listing.stdout()).toContain("The account has no subscriptions.");
  });

  it("exits with 0 when the reader of its output stops", async () => {
    const env = await serveLongList();
    for (const line of [
      "linq-webhooks list | head -n 1",
      "linq-webhooks list --json | head -c 9",
    ]) {
      const piped = startLine(env, line);
      expect(await piped.ended).toBe(0);
      expect(piped.stderr()).toBe("");
      expect(piped.stdout()).toMatch(/^( *ID +URL .*\n|\{"version)$/);
    }
  });

  it.each(["--version", "--help", "list", "list --json"])(
    "says in one line that the disk is full: %s",
    async (args) => {
      const { env } = await serve();
      const child = startLine(env, `linq-webhooks ${args} > /dev/full`);
      expect(await child.ended).toBe(1);
      expect(child.stderr()).toBe("error: the output cannot be written (ENOSPC)\n");
    },
  );

  it("writes all of a long list into a slow pipe", async () => {
    const env = await serveLongList();
    const piped = startLine(env, "linq-webhooks list | tail -n 1");
    expect(await piped.ended).toBe(0);
    expect(piped.stdout()).toContain("https://example.com/hooks/2999");
  });

  it.each(["SIGINT", "SIGTERM"] as const)(
    "serves the sandbox until %s, and exits with 0",
    async (signal) => {
      const serving = start({}, "sandbox", "--port", "0");
      await serving.says("Ctrl-C ends it.");
      serving.kill(signal);
      expect(await serving.ended).toBe(0);
      expect(serving.stderr()).toBe("");
    },
  );

  it("serves the sandbox only while somebody reads its output", async () => {
    const serving = startLine({}, "linq-webhooks sandbox --port 0 | head -n 1");
    await serving.says(", with 0 subscriptions");
    const [url = ""] = /http:\S+\d/.exec(serving.stdout()) ?? [];
    const end = new AbortController();
    void serving.ended.then(() => {
      end.abort();
    });
    // The command notices the end of the pipe when it writes the next line.
    while (!end.signal.aborted)
      await fetch(url).then(
        (response) => response.text(),
        () => undefined,
      );
    expect(await serving.ended).toBe(0);
    expect(serving.stderr()).toBe("");
  });

  it("exits with 130 and one line when it is interrupted during a request", async () => {
    const { sandbox, env } = await serve();
    sandbox.inject({ kind: "stall", operation: "listWebhookSubscriptions" });
    const listing = start(env, "list");
    while (sandbox.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
    listing.kill("SIGINT");
    expect(await listing.ended).toBe(130);
    expect(listing.stderr()).toBe("error: interrupted by SIGINT\n");
  });
});

describe("the command, in a terminal", () => {
  it("has colours, unless NO_COLOR is set", async () => {
    const { env } = await serve();
    const coloured = startInTerminal(env, ...CREATE);
    expect(await coloured.ended).toBe(0);
    expect(coloured.stdout()).toContain("\u001b[32mCreated subscription 1.\u001b[39m");
    const plain = startInTerminal({ ...env, NO_COLOR: "1" }, "get", "1");
    expect(await plain.ended).toBe(0);
    expect(plain.stdout()).not.toContain("\u001b");
    const piped = start(env, "get", "1");
    expect(await piped.ended).toBe(0);
    expect(piped.stdout()).not.toContain("\u001b");
    const forced = start({ ...env, FORCE_COLOR: "1" }, "get", "1");
    expect(await forced.ended).toBe(0);
    expect(forced.stdout()).toContain("\u001b");
  });

  it("asks before it deletes, and exits after the answer", async () => {
    const { sandbox, env } = await serve();
    expect(await start(env, ...CREATE).ended).toBe(0);
    const no = startInTerminal(env, "delete", "1");
    await no.says("[y/N] ");
    no.type("n\n");
    expect(await no.ended).toBe(1);
    expect(sandbox.subscriptions).toHaveLength(1);
    const yes = startInTerminal(env, "delete", "1");
    await yes.says("[y/N] ");
    yes.type("y\n");
    expect(await yes.ended).toBe(0);
    expect(sandbox.subscriptions).toEqual([]);
  });

  it("exits with 130 on Ctrl-C at a question, and changes nothing", async () => {
    const { sandbox, env } = await serve();
    expect(await start(env, ...CREATE).ended).toBe(0);
    const asking = startInTerminal(env, "delete", "1");
    await asking.says("[y/N] ");
    asking.type("\u0003");
    expect(await asking.ended).toBe(130);
    expect(sandbox.subscriptions).toHaveLength(1);
  });
});
