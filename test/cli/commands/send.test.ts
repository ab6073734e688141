import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { EVENT_NAMES } from "../../../generated/constants.js";
import { createReceiver as createOurReceiver, unwrapEvent } from "../../../src/receiver/index.js";
import { runCli } from "../../support/run-cli.js";
import { createFileWorld } from "../file-world.js";

const SECRET = "s3ntinel of the test";
const HOOK = "https://example.com/hook";
const TO = ["--to", HOOK];

interface Receiver {
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  readonly received: { request: Request; body: string }[];
}

function createReceiver(status = 200): Receiver {
  const received: Receiver["received"] = [];
  return {
    received,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      received.push({ request, body: await request.text() });
      return new Response(null, { status });
    },
  };
}

describe("send", () => {
  it.each(EVENT_NAMES)("sends a signed example of %s, as the API does", async (name) => {
    const { fetch, received } = createReceiver();
    const argv = ["send", name, ...TO, "--secret-env", "HOOK_SECRET"];
    const { code, stdout, stderr } = await runCli(argv, {
      fetch,
      env: { HOOK_SECRET: SECRET, LINQ_INTEGRATION_TOKEN: undefined },
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(received).toHaveLength(1);
    for (const { request, body } of received) {
      expect(request).toMatchObject({ method: "POST", url: HOOK, redirect: "manual" });
      const event = await unwrapEvent({ body, headers: request.headers, secret: SECRET });
      expect(event.event_type).toBe(name);
      expect(stdout).toBe(`200 in 0 ms: ${name} ${String(event.event_id)}, signed\n`);
    }
  });

  it("does not sign without a secret, and says so", async () => {
    const { fetch, received } = createReceiver(204);
    const { stdout } = await runCli(["send", "message.sent", ...TO], { fetch });
    expect(stdout).toMatch(/^204 in 0 ms: message\.sent \S+, not signed\n$/);
    expect(received[0]?.request.headers.get("X-Webhook-Signature")).toBeNull();
  });

  it("sends the data of a file, and an unknown event with --allow-unknown-events", async () => {
    const { run, write } = await createFileWorld();
    await write("my data.json", '\ufeff{\r\n"a": 1 }\r\n');
    const { fetch, received } = createReceiver();
    const argv = [
      "send",
      "new.event",
      "--allow-unknown-events",
      ...TO,
      "--data-file",
      "my data.json",
    ];
    expect((await run(argv, { fetch })).code).toBe(0);
    expect(JSON.parse(received[0]?.body ?? "")).toMatchObject({
      event_type: "new.event",
      data: { a: 1 },
    });
  });

  it("prints the outcome as JSON with --json", async () => {
    const { stdout } = await runCli(["send", "message.sent", ...TO, "--json"], createReceiver());
    expect(JSON.parse(stdout)).toEqual({
      version: 1,
      event_type: "message.sent",
      event_id: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
      signed: false,
      status: 200,
      duration: 0,
      answer: "",
    });
  });

  it.each([
    [
      500,
      "the receiver answered 500; only 2xx counts as delivered. Its answer has no body, so look at its",
    ],
    [404, "the receiver answered 404; nothing takes deliveries at this path, so check --to. It"],
    [308, "the receiver redirects (308), and `send` does not follow redirects"],
  ])("fails when the answer is %i", async (status, expected) => {
    const { fetch, received } = createReceiver(status);
    const { code, stdout, stderr } = await runCli(["send", "message.sent", ...TO], { fetch });
    expect(code).toBe(1);
    expect(stdout).toContain(`${status} in 0 ms`);
    expect(stderr).toContain(`error: ${expected}`);
    expect(received).toHaveLength(1);
  });

  it("prints the advice with which our receiver refuses a delivery", async () => {
    const receiver = createOurReceiver({ secret: SECRET, onRefused: () => undefined });
    const fetch = (input: string | URL | Request, init?: RequestInit): Promise<Response> =>
      receiver.fetch(new Request(input, init));
    const argv = ["send", "message.sent", ...TO];
    const { code, stdout, stderr } = await runCli(argv, { fetch });
    const advice = "the delivery has no X-Webhook-Signature header: give the subscription a secret";
    expect(code).toBe(1);
    expect(stdout).toContain(advice);
    expect(stderr).toContain(
      `the receiver answered 401; only 2xx counts as delivered. It said: ${advice}`,
    );
    const json = await runCli([...argv, "--json"], { fetch });
    expect(JSON.parse(json.stdout)).toMatchObject({
      status: 401,
      answer: expect.stringContaining(advice) as unknown,
    });
  });

  it("prints the visible text of an HTML answer, without control characters", async () => {
    const page = "<html><title>502 Bad\u001b[2J Gateway</title><p>nginx</p>";
    const fetch = (): Promise<Response> => Promise.resolve(new Response(page, { status: 502 }));
    const { stdout, stderr } = await runCli(["send", "message.sent", ...TO], { fetch });
    expect(stdout).toMatch(/\n502 Bad.* Gateway\n$/);
    expect(stderr).toMatch(/It said: 502 Bad.* Gateway\n$/);
    expect(stdout + stderr).not.toContain("\u001b");
  });

  it("hides a secret that the receiver echoes", async () => {
    const fetch = (): Promise<Response> => Promise.resolve(new Response(SECRET, { status: 500 }));
    const argv = ["send", "message.sent", ...TO, "--secret-env", "HOOK_SECRET"];
    const { stdout, stderr } = await runCli(argv, { fetch, env: { HOOK_SECRET: SECRET } });
    expect(stdout + stderr).not.toContain(SECRET);
    expect(stderr).toContain("It said: ");
  });

  it.each([
    ["breaks off", 200, true],
    ["never ends", 500, false],
  ])("prints the status of an answer that %s", async (_name, status, breaksOff) => {
    const server = createServer((_request, response) => {
      response.writeHead(status).write("x".repeat(8_192), () => {
        if (breaksOff) response.destroy();
      });
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const argv = ["send", "message.sent", "--to", `http://127.0.0.1:${port}`, "--timeout=5"];
    const { stdout } = await runCli(argv, { fetch: globalThis.fetch });
    server.closeAllConnections();
    server.close();
    expect(stdout).toContain(`${status} in `);
    expect(stdout).toContain("xxxx");
  });

  it.each([
    ["http://127.0.0.1:1", "ECONNREFUSED|bad port"],
    ["http://nowhere.invalid", "ENOTFOUND|EAI_AGAIN"],
  ])("says why no answer comes from %s", async (to, code) => {
    const argv = ["send", "message.sent", "--to", to];
    const { stderr } = await runCli(argv, { fetch: globalThis.fetch });
    expect(stderr).toMatch(new RegExp(`^error: no answer came \\((${code})\\); check --to`));
  });

  it("fails, and advises to check --to, when no answer comes", async () => {
    const { code, stderr } = await runCli(["send", "message.sent", "--to", "http://127.0.0.1:1"], {
      fetch: globalThis.fetch,
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^error: no answer came.*; check --to, and whether the receiver is running\n$/,
    );
  });

  it("waits no longer than --timeout", async () => {
    const { code, stderr } = await runCli(["send", "message.sent", ...TO, "--timeout=0.01"], {
      fetch: (input, init) =>
        new Promise((_resolve, reject) => {
          const { signal } = new Request(input, init);
          signal.addEventListener("abort", () => {
            reject(signal.reason as Error);
          });
        }),
    });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: "error: the receiver did not answer within 0.01 s\n",
    });
  });

  it.each([
    [["message.sent"], "--to is missing: --to=<url>"],
    [[], "linq-webhooks send needs <event>"],
    [
      ["message.snet", ...TO],
      'unknown event; did you mean "message.sent"? (--allow-unknown-events',
    ],
    [["", "--allow-unknown-events", ...TO], "unknown event"],
    [["message.sent", "--to=s3ntinel"], "--to must be an absolute URL without credentials"],
    [["message.sent", "--to=ftp://s3ntinel"], "--to must be an absolute URL without credentials"],
    [
      ["message.sent", "--to=https://me:s3ntinel@a.example/"],
      "--to must be an absolute URL without credentials",
    ],
    [["message.sent", ...TO, "--timeout=soon"], "--timeout must be a number of seconds"],
    [["message.sent", ...TO, "--timeout=0"], "--timeout must be a number of seconds"],
    [
      ["message.sent", ...TO, "--data-file=s3ntinel"],
      "--data-file must name a JSON file, but the file does not exist",
    ],
    [
      ["message.sent", ...TO, "--data-file=broken.json"],
      "--data-file must name a file with one JSON object, but its content is something else",
    ],
    [
      ["message.sent", ...TO, "--data-file=list.json"],
      "--data-file must name a file with one JSON object, but its content is something else",
    ],
  ])("refuses %j, and sends nothing", async (args, expected) => {
    const { run, write } = await createFileWorld();
    await write("broken.json", '{ "s3ntinel');
    await write("list.json", "[]");
    const { fetch, received } = createReceiver();
    const { code, stdout, stderr } = await run(["send", ...args], { fetch });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain(`error: ${expected}`);
    expect(stderr).not.toContain("s3ntinel");
    expect(received).toEqual([]);
  });
});
