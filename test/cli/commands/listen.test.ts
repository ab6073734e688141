import { createServer } from "node:net";
import { once } from "node:events";
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { EVENT_NAMES, verifySignature } from "../../../src/receiver/index.js";
import { createEvent } from "../../../src/sandbox/index.js";
import { signBody } from "../../../src/receiver/index.js";
import { runCli } from "../../support/run-cli.js";
import { closedUrl } from "../../support/raw-server.js";
import { createFileWorld } from "../file-world.js";
import {
  portOf,
  SECRET,
  type ServedApi,
  serveApi,
  startProgram,
  startTunnel,
  type Tunnel,
} from "../listen-world.js";
import { ask, askRaw } from "../page-client.js";
import { type RunningCommand, startCommand } from "../running-command.js";

const ENV = { HOOK_SECRET: SECRET };
const SIGNED = "--secret-env=HOOK_SECRET";

interface Listening extends RunningCommand {
  readonly hook: string;
}

async function startListening(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = ENV,
): Promise<Listening> {
  const command = startCommand(["listen", "--port=0", ...args], { env });
  const written = await command.says(args.includes("--json") ? "listening" : "Ctrl-C ends it.");
  return { ...command, hook: `http://127.0.0.1:${portOf(written)}/hook` };
}

/** Starts a listener behind a tunnel, with its subscription. */
async function subscribe(
  { env }: ServedApi,
  tunnel: Tunnel,
  args: readonly string[] = [],
): Promise<Listening> {
  const all = [`--public-url=${tunnel.url}`, "--name=test", ...args];
  const listening = await startListening(all, env);
  tunnel.leadTo(portOf(listening.written()));
  return listening;
}

/** Delivers as Linq does. */
async function deliver(
  hook: string,
  body = JSON.stringify(createEvent("message.received")),
  secret = SECRET,
): ReturnType<typeof ask> {
  const headers = { "X-Webhook-Signature": await signBody(body, secret) };
  return ask(hook, { method: "POST", body, headers });
}

describe("listen", () => {
  it("prints time, status, event, sender, outcome and duration of each delivery", async () => {
    const { hook, says } = await startListening([SIGNED]);
    const body = JSON.stringify(createEvent("message.received"));
    expect(await deliver(hook, body)).toMatchObject({ status: 200, text: "" });
    expect(await deliver(hook, body)).toMatchObject({ status: 200 });
    const written = await says("for the 2nd time");
    expect(written).toMatch(
      /^\d\d:\d\d:\d\d {2}200 {2}message\.received from \+13125550187 {2}accepted in \d+ ms$/m,
    );
    expect(written).toMatch(/ {2}200 {2}.* {2}duplicate in \d+ ms, for the 2nd time$/m);
  });

  it.each<[string, string | undefined, string]>([
    ["without a signature", undefined, "it is not signed"],
    ["with the signature of another secret", "another secret", "its signature is not valid"],
  ])("refuses a delivery %s with 401, and does not forward it", async (_name, secret, reason) => {
    const program = await startProgram();
    const { hook, says } = await startListening([SIGNED, `--forward-to=${program.url}`]);
    const { status } =
      secret === undefined
        ? await ask(hook, { method: "POST", body: "{}" })
        : await deliver(hook, undefined, secret);
    expect(status).toBe(401);
    await says(`refused in`);
    expect(await says(reason)).toContain("  401  a request  ");
    expect(program.received).toEqual([]);
  });

  it("accepts and forwards unsigned deliveries when it has no secret, and says so", async () => {
    const program = await startProgram();
    const { hook, written } = await startListening([`--forward-to=${program.url}`]);
    expect(written()).toContain("Signatures are not verified");
    const body = JSON.stringify(createEvent("call.completed"));
    expect((await ask(hook, { method: "POST", body })).status).toBe(200);
    expect(program.received.map((each) => each.body.toString())).toEqual([body]);
  });

  it("refuses a request from a page in a browser when it has no secret", async () => {
    const program = await startProgram();
    const { hook } = await startListening([`--forward-to=${program.url}`]);
    const headers = { origin: "https://evil.example", "content-type": "text/plain" };
    const { status } = await askRaw(hook, "/hook", { method: "POST", headers, body: "{}" });
    expect(status).toBe(403);
    expect(program.received).toEqual([]);
  });

  it.each([
    ["GET", "/hook", 405],
    ["POST", "/other", 404],
    ["POST", "/hook/", 404],
    ["POST", "/hook?x=1", 401],
  ])("answers %s %s with %i", async (method, path, expected) => {
    const { hook } = await startListening([SIGNED]);
    expect((await ask(new URL(path, hook).href, { method })).status).toBe(expected);
  });

  it("refuses a body of more than 1 MiB with 413", async () => {
    const { hook, says } = await startListening([SIGNED]);
    const text = "x".repeat(1_048_577);
    expect((await deliver(hook, text)).status).toBe(413);
    await says("  413  ");
  });

  it("prints one JSON document per line with --json", async () => {
    const { hook, says, interrupt } = await startListening([SIGNED, "--json"]);
    await deliver(hook);
    await says('"type":"delivery"');
    const { code, stdout } = await interrupt();
    expect(code).toBe(0);
    const [listening, delivery] = stdout
      .trim()
      .split("\n")
      .map((line): unknown => JSON.parse(line));
    const any = expect.anything() as unknown;
    expect(listening).toEqual({
      ...{ version: 1, type: "listening", url: hook, port: any, page: any, verified: true },
      ...{ forward_to: null, webhook_url: null, subscription_id: null },
    });
    expect(delivery).toMatchObject({
      ...{ version: 1, type: "delivery", event_type: "message.received", from: "+13125550187" },
      ...{ signature: "valid", outcome: "accepted", status: 200, attempt: 1, forward: null },
    });
  });
});

describe("--forward-to", () => {
  it("forwards the exact bytes and the headers, except those of the connection", async () => {
    const program = await startProgram();
    const { hook } = await startListening([SIGNED, `--forward-to=${program.url}`]);
    // The layout of another encoder, with characters that are not ASCII.
    const body = JSON.stringify(createEvent("message.received"), undefined, 3);
    const signature = await signBody(body, SECRET);
    const given = {
      "X-Webhook-Signature": signature,
      "X-Trace": "1",
      "X-Hop": "2",
      TE: "trailers",
    };
    const headers = { ...given, Connection: "keep-alive, X-Hop", "Keep-Alive": "timeout=5" };
    await askRaw(hook, "/hook", { method: "POST", headers, body });
    const [received] = program.received;
    expect(received?.body.toString()).toBe(body);
    const names = received?.headers ?? [];
    expect(names).toEqual(
      expect.arrayContaining(["X-Webhook-Signature", signature, "X-Trace", "1"]),
    );
    for (const name of ["X-Hop", "TE", "Keep-Alive"]) expect(names).not.toContain(name);
    expect(names[names.indexOf("Host") + 1]).toBe(new URL(program.url).host);
    expect(await verifySignature({ body: received?.body ?? "", signature, secret: SECRET })).toBe(
      true,
    );
  });

  it.each([
    [204, "forwarded"],
    [500, "failed"],
    [307, "failed"],
  ])("answers with the status of the program: %i", async (status, outcome) => {
    const program = await startProgram((outgoing) => {
      outgoing.writeHead(status, { "content-type": "text/plain", "x-said": "yes" }).end();
    });
    const { hook, says } = await startListening([SIGNED, `--forward-to=${program.url}`]);
    expect((await deliver(hook)).status).toBe(status);
    expect(await says(`the program answered ${status} after`)).toContain(`  ${outcome} in `);
  });

  it("answers with the body of the program", async () => {
    const program = await startProgram((outgoing) => outgoing.end("thank you"));
    const { hook } = await startListening([SIGNED, `--forward-to=${program.url}`]);
    expect((await deliver(hook)).text).toBe("thank you");
  });

  it("answers 503 for a program that is down", async () => {
    const { hook, says } = await startListening([SIGNED, `--forward-to=${await closedUrl()}`]);
    expect((await deliver(hook)).status).toBe(503);
    expect(await says("the program is not running there (ECONNREFUSED)")).toContain("  503  ");
  });

  it.each<[string, Parameters<typeof startProgram>[0]]>([
    ["never answers", () => undefined],
    ["never ends its answer", (outgoing) => outgoing.writeHead(200).write("half")],
  ])("answers 503 for a program that %s", async (_name, answer) => {
    const program = await startProgram(answer);
    const args = [SIGNED, `--forward-to=${program.url}`, "--forward-timeout=0.05"];
    const { hook, says } = await startListening(args);
    expect((await deliver(hook)).status).toBe(503);
    await says("no answer within 0.05 s");
  });

  it("answers 503 for a program that closes the connection", async () => {
    const program = await startProgram((outgoing) => outgoing.destroy());
    const { hook, says } = await startListening([SIGNED, `--forward-to=${program.url}`]);
    expect((await deliver(hook)).status).toBe(503);
    await says("the program closed the connection (ECONNRESET)");
  });
});

describe("--record", () => {
  it("appends each delivery as one line of JSON, which only the owner can read", async () => {
    const { folder } = await createFileWorld();
    const path = join(folder, "deliveries.jsonl");
    await writeFile(path, "before\n", { mode: 0o644 });
    const { hook, interrupt } = await startListening([SIGNED, `--record=${path}`]);
    const body = JSON.stringify(createEvent("message.received", { text: "a\nb\u2028" }));
    await deliver(hook, body);
    await ask(hook, { method: "POST", body: new Uint8Array([0xff, 0xfe]) });
    await interrupt();
    const [before, first = "", second = ""] = (await readFile(path, "utf8")).trim().split("\n");
    expect(before).toBe("before");
    expect(JSON.parse(first)).toMatchObject({
      ...{ version: 1, event_type: "message.received", signature: "valid", outcome: "accepted" },
      ...{ status: 200, attempt: 1, body },
    });
    expect(JSON.parse(second)).toMatchObject({ outcome: "refused", body_base64: "//4=" });
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it("writes complete lines when 100 deliveries arrive at once", async () => {
    const { folder } = await createFileWorld();
    const path = join(folder, "new.jsonl");
    const { hook } = await startListening([SIGNED, `--record=${path}`]);
    await Promise.all(Array.from({ length: 100 }, () => deliver(hook)));
    const lines = (await readFile(path, "utf8")).trim().split("\n");
    expect(lines.map((line) => (JSON.parse(line) as { version: number }).version)).toEqual(
      Array.from({ length: 100 }, () => 1),
    );
  });

  it("redacts the credentials of a proxy", async () => {
    const { folder } = await createFileWorld();
    const path = join(folder, "new.jsonl");
    const { hook, interrupt } = await startListening([`--record=${path}`]);
    const headers = { authorization: "Basic s3ntinel", cookie: "s3ntinel" };
    await ask(hook, { method: "POST", body: "{}", headers });
    await interrupt();
    const text = await readFile(path, "utf8");
    expect(text).toContain("[REDACTED]");
    expect(text).not.toContain("s3ntinel");
  });
});

describe("--public-url", () => {
  it("subscribes, forwards a delivery, and pauses the subscription at the end", async () => {
    const api = await serveApi();
    const tunnel = await startTunnel();
    const program = await startProgram();
    const { says, interrupt } = await subscribe(api, tunnel, [
      SIGNED,
      `--forward-to=${program.url}`,
    ]);
    const webhook_url = `${tunnel.url}/hook?listener=test`;
    expect(api.sandbox.subscriptions).toMatchObject([
      { webhook_url, events: [...EVENT_NAMES], active: true, secret_configured: true },
    ]);
    const [delivery] = await api.sandbox.emit("message.received", { text: "hello" });
    expect(delivery?.status).toBe(200);
    expect(program.received[0]?.body.toString()).toBe(delivery?.body);
    await says("forwarded in");
    const { code, stdout, stderr } = await interrupt();
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("Paused subscription 1; the next start resumes it.");
    expect(api.sandbox.subscriptions).toMatchObject([{ id: 1, active: false }]);
  });

  it("answers 503 while the program is down, and forwards the redelivery to it later", async () => {
    const closed = new URL(await closedUrl());
    const started: Promise<unknown>[] = [];
    const api = await serveApi({
      switches: { redelivery: 1 },
      sleep: async () => {
        const program = startProgram(undefined, Number(closed.port));
        started.push(program);
        await program;
      },
    });
    const tunnel = await startTunnel();
    const { says } = await subscribe(api, tunnel, [SIGNED, `--forward-to=${closed.href}`]);
    const deliveries = await api.sandbox.emit("message.received");
    expect(deliveries.map(({ status }) => status)).toEqual([503, 200]);
    expect(started).toHaveLength(1);
    expect(await says("for the 2nd time: the program answered 200")).toContain("  503  ");
  });

  it.each(["leave", "pause", "delete"] as const)(
    "has exactly one subscription, at the new address, after --on-exit=%s",
    async (ending) => {
      const api = await serveApi();
      const [first, second] = [await startTunnel(), await startTunnel()];
      const before = await subscribe(api, first, [SIGNED, `--on-exit=${ending}`]);
      expect((await before.interrupt()).code).toBe(0);
      const left = api.sandbox.subscriptions.map(({ active }) => active);
      expect(left).toEqual({ leave: [true], pause: [false], delete: [] }[ending]);
      await subscribe(api, second, [SIGNED]);
      expect(api.sandbox.subscriptions).toMatchObject([
        { webhook_url: `${second.url}/hook?listener=test`, active: true },
      ]);
      const deliveries = await api.sandbox.emit("message.received");
      expect(deliveries.map(({ status }) => status)).toEqual([200]);
    },
  );

  it("resumes the same subscription at the same address", async () => {
    const api = await serveApi();
    const tunnel = await startTunnel();
    await (await subscribe(api, tunnel)).interrupt();
    await subscribe(api, tunnel);
    expect(api.sandbox.subscriptions).toMatchObject([{ id: 1, active: true }]);
    expect((await api.sandbox.emit("message.sent")).map(({ status }) => status)).toEqual([200]);
  });

  it("generates a secret when none is given, and refuses unsigned deliveries", async () => {
    const api = await serveApi();
    const tunnel = await startTunnel();
    const { hook, written } = await subscribe(api, tunnel);
    expect(written()).not.toContain("not verified");
    expect((await ask(hook, { method: "POST", body: "{}" })).status).toBe(401);
    expect((await api.sandbox.emit("message.read")).map(({ status }) => status)).toEqual([200]);
  });

  it("changes no other subscription, not even one at /hook or of another listener", async () => {
    const api = await serveApi();
    const others = ["https://example.com/hook", "https://a.example/hook?listener=somebody"];
    for (const webhook_url of others) {
      await api.linq.webhookSubscriptions.create({ webhook_url, events: ["message.sent"] });
    }
    const before = api.sandbox.subscriptions;
    await (await subscribe(api, await startTunnel(), ["--on-exit=delete"])).interrupt();
    await (await subscribe(api, await startTunnel(), ["--on-exit=delete"])).interrupt();
    expect(api.sandbox.subscriptions).toEqual(before);
  });

  it("subscribes only to the events of --event", async () => {
    const api = await serveApi();
    await subscribe(api, await startTunnel(), ["--event=message.sent,message.read"]);
    expect(api.sandbox.subscriptions).toMatchObject([{ events: ["message.sent", "message.read"] }]);
  });

  it("reports within a minute that its subscription is gone, and creates none", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"], shouldAdvanceTime: true });
    onTestFinished(() => void vi.useRealTimers());
    const api = await serveApi();
    const { says } = await subscribe(api, await startTunnel());
    await api.linq.webhookSubscriptions.delete(api.sandbox.subscriptions[0]?.id ?? 0);
    await vi.advanceTimersByTimeAsync(60_000);
    await says("No subscription delivers here any longer");
    expect(api.sandbox.subscriptions).toEqual([]);
  });

  it("says that the subscription is still active when the API fails at the end", async () => {
    const api = await serveApi();
    const { interrupt } = await subscribe(api, await startTunnel());
    api.sandbox.inject({ kind: "status", status: 401, times: Infinity });
    const { code, stderr } = await interrupt();
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: the subscription is still active, because .*401.*\n$/);
  });

  it("exits with 1 before it serves when the API refuses the subscription", async () => {
    const api = await serveApi();
    api.sandbox.inject({ kind: "status", status: 401, times: Infinity });
    const tunnel = await startTunnel();
    const argv = ["listen", "--port=0", `--public-url=${tunnel.url}`];
    const { code, stdout, stderr } = await runCli(argv, { env: api.env, fetch: globalThis.fetch });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain("401");
  });
});

describe("listen refuses", () => {
  it("a port that is in use", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    onTestFinished(() => void taken.close());
    await once(taken, "listening");
    const { port } = taken.address() as { port: number };
    expect(await runCli(["listen", `--port=${port}`])).toEqual({
      code: 1,
      stdout: "",
      stderr: `error: port ${port} is in use; choose another with --port, or 0 for a free one\n`,
    });
  });

  it.each(["localhost", "127.0.0.1", "127.0.0.9", "[::1]", "0.0.0.0", "a.localhost"])(
    "to forward to itself at %s",
    async (host) => {
      const { port } = new URL(await closedUrl());
      const argv = ["listen", `--port=${port}`, `--forward-to=http://${host}:${port}/x`];
      const { code, stderr } = await runCli(argv);
      expect(code).toBe(1);
      expect(stderr).toBe(
        "error: --forward-to must be another program, but is this receiver; check its port\n",
      );
    },
  );

  it("to forward to its own public address", async () => {
    const argv = ["--public-url=https://a.example", "--forward-to=https://a.example/hook"];
    const { stderr } = await runCli(["listen", "--port=0", ...argv]);
    expect(stderr).toContain("--forward-to must be another program");
  });

  it.each([
    [["--path=hook"], "--path must be a path such as /hook"],
    [["--path=/_/x"], "--path must be a path such as /hook"],
    [["--path=/a?s3ntinel"], "--path must be a path such as /hook"],
    [["--path=/*"], "--path must be a path such as /hook"],
    [["--forward-to=s3ntinel"], "--forward-to must be an absolute URL without credentials"],
    [["--forward-to=ftp://s3ntinel"], "--forward-to must be an absolute URL"],
    [["--forward-to=http://s3ntinel:x@localhost"], "--forward-to must be an absolute URL"],
    [["--forward-to=http://localhost", "--forward-timeout=soon"], "--forward-timeout must be"],
    [["--forward-timeout=5"], "--forward-timeout needs --forward-to=<url>"],
    [["--public-url=s3ntinel"], "--public-url must be the address of a tunnel"],
    [["--public-url=https://s3ntinel@a.example"], "--public-url must be the address of a tunnel"],
    [["--public-url=https://a.example/?s3ntinel"], "--public-url must be the address of a tunnel"],
    [["--on-exit=pause"], "--on-exit needs --public-url"],
    [["--event=message.sent"], "--event needs --public-url"],
    [["--public-url=https://a.example", "--on-exit=s3ntinel"], "--on-exit must be leave, pause or"],
    [["--public-url=https://a.example", "--event=message.snet"], 'did you mean "message.sent"?'],
    [["--public-url=https://a.example", "--name=s3ntinel /"], "--name must be 1 to 40 letters"],
    [["--record=/nonexistent/s3ntinel"], "--record cannot write the file (ENOENT)"],
    [["--record=/dev/null"], "--record must name a regular file, not a folder, pipe or device"],
    [["--record=/tmp"], "--record cannot write the file (EISDIR)"],
    [["--secret-env=s3ntinel"], "the variable that --secret-env names is not set"],
  ])("%j", async (args, expected) => {
    const { code, stdout, stderr } = await runCli(["listen", "--port=0", ...args]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain(`error: `);
    expect(stderr).toContain(expected);
    expect(stderr).not.toContain("s3ntinel");
  });

  it("a value that is not a port", async () => {
    const { stderr } = await runCli(["listen", "--port=s3ntinel"]);
    expect(stderr).toBe("error: --port must be an integer from 0 to 65535\n");
  });

  it("to subscribe without a token", async () => {
    const env = { LINQ_INTEGRATION_TOKEN: undefined };
    const argv = ["listen", "--port=0", "--public-url=https://a.example"];
    expect((await runCli(argv, { env })).stderr).toContain("the token is missing");
  });
});
