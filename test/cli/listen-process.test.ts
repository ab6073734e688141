import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createLinqClient } from "../../src/index.js";
import { createEvent } from "../../src/sandbox/index.js";
import { type InstalledCli, installCli, type WatchedProcess } from "../support/installed-cli.js";
import {
  portOf,
  type ServedApi,
  serveApi,
  startProgram,
  startTunnel,
  type Tunnel,
} from "./listen-world.js";
import { findPageUrl, openPage } from "./page-client.js";

let cli: InstalledCli;

beforeAll(async () => {
  cli = await installCli();
});

afterAll(async () => {
  await cli.remove();
});

/** Starts the command of the packed package behind a tunnel. */
async function start(
  { env }: ServedApi,
  tunnel: Tunnel,
  ...args: string[]
): Promise<WatchedProcess> {
  const all = ["listen", "--port=0", "--secret-env=HOOK_SECRET", `--public-url=${tunnel.url}`];
  const child = cli.start("linq-webhooks", [...all, ...args], env);
  await child.says("Ctrl-C ends it.");
  tunnel.leadTo(portOf(child.stdout()));
  return child;
}

const takenBy = async ({ sandbox }: ServedApi): Promise<(number | undefined)[]> =>
  (await sandbox.emit("message.received")).map(({ status }) => status);

describe("listen, as a process of the packed package", () => {
  it("can be killed, and the next start takes over without a duplicate", async () => {
    const api = await serveApi();
    const [first, second] = [await startTunnel(), await startTunnel()];
    const killed = await start(api, first);
    expect(await takenBy(api)).toEqual([200]);
    killed.kill("SIGKILL");
    expect(await killed.ended).toBe("SIGKILL");
    expect(api.sandbox.subscriptions).toMatchObject([{ id: 1, active: true }]);
    expect(await takenBy(api)).toEqual([502]);

    // Once at the same address, and once at another one.
    const again = await start(api, first);
    expect(api.sandbox.subscriptions).toMatchObject([{ id: 1, active: true }]);
    expect(await takenBy(api)).toEqual([200]);
    again.kill("SIGKILL");
    await again.ended;
    await start(api, second);
    const moved = api.sandbox.subscriptions;
    expect(moved).toMatchObject([{ id: 1, active: true }]);
    expect(moved[0]?.webhook_url.startsWith(second.url)).toBe(true);
    expect(await takenBy(api)).toEqual([200]);
  });

  it("can be killed while it subscribes", async () => {
    const api = await serveApi();
    const tunnel = await startTunnel();
    const operation = "createWebhookSubscription";
    api.sandbox.inject({ kind: "stall", part: "headers", operation, write: "done" });
    const args = ["listen", "--port=0", `--public-url=${tunnel.url}`];
    const killed = cli.start("linq-webhooks", args, api.env);
    while (api.sandbox.subscriptions.length === 0) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    killed.kill("SIGKILL");
    await killed.ended;
    await start(api, tunnel);
    expect(api.sandbox.subscriptions).toMatchObject([{ id: 1, active: true }]);
    expect(await takenBy(api)).toEqual([200]);
  });

  it.each([
    ["SIGINT", "pause", [{ active: false }]],
    ["SIGTERM", "pause", [{ active: false }]],
    ["SIGTERM", "leave", [{ active: true }]],
    ["SIGINT", "delete", []],
  ] as const)(
    "exits on %s with 0, and ends its subscription with --on-exit=%s",
    async (signal, ending, left) => {
      const api = await serveApi();
      const child = await start(api, await startTunnel(), `--on-exit=${ending}`);
      child.kill(signal);
      expect(await child.ended).toBe(0);
      expect(child.stderr()).toBe("");
      expect(api.sandbox.subscriptions).toMatchObject(left);
      expect(api.sandbox.subscriptions).toHaveLength(left.length);
    },
  );

  it("forwards, records for only the owner, and serves its page", async () => {
    const api = await serveApi();
    const program = await startProgram();
    const child = await start(
      api,
      await startTunnel(),
      `--forward-to=${program.url}`,
      "--record=deliveries.jsonl",
    );
    const page = await openPage(findPageUrl(child.stdout()));
    expect((await page.get("/_/api/state")).json()).toMatchObject({
      mode: "listen",
      hasToken: true,
    });
    expect(await takenBy(api)).toEqual([200]);
    child.kill("SIGINT");
    expect(await child.ended).toBe(0);
    const path = join(cli.folder, "deliveries.jsonl");
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const [delivery] = api.sandbox.deliveries;
    expect(JSON.parse(await readFile(path, "utf8"))).toMatchObject({ body: delivery?.body });
    expect(program.received[0]?.body.toString()).toBe(delivery?.body);
    expect(child.stdout()).not.toContain("s3ntinel");
  });

  it("exits on SIGINT although a program never answers", async () => {
    const api = await serveApi();
    const program = await startProgram(() => undefined);
    const args = [`--forward-to=${program.url}`, "--forward-timeout=600"];
    const child = await start(api, await startTunnel(), ...args);
    const delivering = takenBy(api);
    while (program.received.length === 0) await new Promise((resolve) => setImmediate(resolve));
    child.kill("SIGINT");
    expect(await child.ended).toBe(0);
    expect(await delivering).toEqual([502]);
  });

  it("continues when the record has no room left, and says so once", async () => {
    const { env } = await serveApi();
    const line = "ulimit -f 2 && exec linq-webhooks listen --port=0 --record=full.jsonl";
    const child = cli.start("bash", ["-c", line], env);
    await child.says("Ctrl-C ends it.");
    const hook = `http://127.0.0.1:${portOf(child.stdout())}/hook`;
    const body = JSON.stringify(createEvent("message.received", { text: "x".repeat(1_000) }));
    for (let count = 0; count < 5; count++) {
      expect((await fetch(hook, { method: "POST", body })).status).toBe(200);
    }
    child.kill("SIGINT");
    expect(await child.ended).toBe(0);
    expect(child.stderr()).toBe(
      "error: --record can no longer write to the file; is the disk full?\n",
    );
  });

  it("exits when its output is closed, and pauses its subscription", async () => {
    const api = await serveApi();
    const tunnel = await startTunnel();
    const line = `linq-webhooks listen --port=0 --public-url=${tunnel.url} | head -n 4`;
    const child = cli.start("bash", ["-c", line], api.env);
    await child.says("The page: ");
    tunnel.leadTo(portOf(child.stdout()));
    const isActive = (): boolean => api.sandbox.subscriptions.some(({ active }) => active);
    // The command notices the end of the pipe when it writes the next line.
    while (isActive()) await takenBy(api);
    await child.ended;
  });
});

describe("sandbox --ui, as a process of the packed package", () => {
  it("serves the page on the port of the API", async () => {
    const child = cli.start("linq-webhooks", ["sandbox", "--port=0", "--ui"], {});
    await child.says("Ctrl-C ends it.");
    const page = await openPage(findPageUrl(child.stdout()));
    expect((await page.get("/_/api/state")).json()).toMatchObject({ mode: "sandbox" });
    const linq = createLinqClient({ token: "any-token", baseUrl: page.origin });
    expect(await linq.webhookSubscriptions.list()).toEqual([]);
    child.kill("SIGTERM");
    expect(await child.ended).toBe(0);
  });
});
