import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { createRequestListener } from "@remix-run/node-fetch-server";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { createLinqClient, type LinqClient } from "../../src/index.js";
import { createReceiver, type Receiver, verifySignature } from "../../src/receiver/index.js";
import { createSandbox, type Sandbox } from "../../src/sandbox/index.js";
import { serveReceiver } from "../frameworks/serve-receiver.js";
import { createAuthority, type KeyAndCertificate } from "../support/certificates.js";
import { type InstalledCli, installCli, type WatchedProcess } from "../support/installed-cli.js";

const TOKEN = "s3ntinel-of-the-token";
const OLD = "the old s3ntinel";
const NEW = "a new s3ntinel of the test";

let cli: InstalledCli;

beforeAll(async () => {
  cli = await installCli();
});

afterAll(async () => {
  await cli.remove();
});

interface Served {
  readonly sandbox: Sandbox;
  readonly linq: LinqClient;
  readonly start: (
    args: readonly string[],
    env?: Readonly<Record<string, string>>,
  ) => WatchedProcess;
}

/** Serves the API, for commands of the packed package. */
async function serveApi(): Promise<Served> {
  const sandbox = createSandbox({ token: TOKEN });
  const server = await sandbox.listen();
  onTestFinished(server.close);
  const env = { LINQ_BASE_URL: server.url, LINQ_INTEGRATION_TOKEN: TOKEN };
  const secrets = { OLD_SECRET: OLD, NEW_SECRET: NEW };
  return {
    sandbox,
    linq: createLinqClient({ token: TOKEN, baseUrl: server.url }),
    start: (args, more) => cli.start("linq-webhooks", args, { ...env, ...secrets, ...more }),
  };
}

function createHook(...secret: string[]): Receiver {
  const receiver = createReceiver({
    secret,
    on: { "message.received": () => undefined },
    onRefused: () => undefined,
  });
  onTestFinished(() => receiver.close());
  return receiver;
}

/** @returns the port */
async function serveTls(options: KeyAndCertificate, { fetch }: Receiver): Promise<number> {
  const server = createServer(
    options,
    createRequestListener((request) => fetch(request)),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  // `address()` returns a string for a pipe, and null before `listen`.
  return (server.address() as AddressInfo).port;
}

describe("doctor, as a process of the package, checks a certificate of a known authority", () => {
  it.each([
    [
      "is valid for 90 days",
      "localhost",
      90,
      0,
      /^✓ certificate: the certificate is valid for (89|90) more days$/m,
    ],
    [
      "expires soon",
      "localhost",
      10,
      0,
      /^! certificate: the certificate is valid for (9|10) more days\n {2}-> renew it now/m,
    ],
    [
      "has expired",
      "localhost",
      -1,
      1,
      /^✗ certificate: the certificate is not trusted \(CERT_HAS_EXPIRED\)\n {2}-> renew it/m,
    ],
    [
      "is for another name",
      "example.com",
      90,
      1,
      /^✗ certificate: .* \(ERR_TLS_CERT_ALTNAME_INVALID\)\n {2}-> get one for this host name/m,
    ],
  ])("that %s", async (_name, host, days, expected, line) => {
    const authority = await createAuthority();
    const { linq, start } = await serveApi();
    const port = await serveTls(await authority.sign(host, days), createHook(NEW));
    const url = `https://localhost:${port}/hook`;
    await linq.webhookSubscriptions.create({
      webhook_url: url,
      events: ["message.received"],
      secret: NEW,
    });
    const args = ["doctor", "--url", url, "--secret-env=NEW_SECRET"];
    const child = start(args, { NODE_EXTRA_CA_CERTS: authority.path });
    const code = await child.ended;
    expect({ code, stderr: child.stderr() }).toEqual({ code: expected, stderr: "" });
    expect(child.stdout()).toMatch(line);
    expect(child.stdout().includes("✓ signed: ")).toBe(expected === 0);
  });
});

describe("rotate, as a process of the packed package", () => {
  const signedWith = async (sandbox: Sandbox, secret: string): Promise<boolean> => {
    const [delivery] = await sandbox.emit("message.received");
    return verifySignature({ body: "", signature: "", ...delivery, secret });
  };

  it.each(["none", "done"] as const)(
    "can be killed during a write (%s), and does the rest on the next run",
    async (write) => {
      const { sandbox, linq, start } = await serveApi();
      const { url: webhook_url } = await serveReceiver(createHook(NEW, OLD));
      const events = ["message.received"] as const;
      await linq.webhookSubscriptions.create({ webhook_url, events, secret: OLD });
      const args = ["rotate", "--url", webhook_url, "--new-secret-env=NEW_SECRET"];
      const all = [...args, "--old-secret-env=OLD_SECRET", "--yes"];

      sandbox.inject({
        kind: "stall",
        part: "headers",
        operation: "updateWebhookSubscription",
        write,
      });
      const killed = start(all);
      const isWriting = (): boolean => sandbox.requests.some(({ method }) => method === "PUT");
      while (!isWriting()) await new Promise((resolve) => setImmediate(resolve));
      killed.kill("SIGKILL");
      expect(await killed.ended).toBe("SIGKILL");
      expect(await signedWith(sandbox, write === "done" ? NEW : OLD)).toBe(true);

      const again = start(all);
      const code = await again.ended;
      expect({ code, stderr: again.stderr() }).toEqual({ code: 0, stderr: "" });
      expect(again.stdout()).toContain("Changed the secret of subscription 1, and nothing else.");
      expect(await signedWith(sandbox, NEW)).toBe(true);
    },
  );
});
