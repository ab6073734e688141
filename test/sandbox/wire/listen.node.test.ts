import { execFile } from "node:child_process";
import { request, type RequestOptions } from "node:http";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, onTestFinished, test } from "vitest";
import { createSandbox, type Sandbox, type SandboxServer } from "../../../src/sandbox/index.js";
import { listen } from "../../../src/sandbox/wire/listen.node.js";
import { rejectionOf } from "../../support/rejection.js";
import { buildInput, buildRequest, readAnswer, TOKEN_HEADER } from "../call-api.js";

async function serve(sandbox: Sandbox): Promise<SandboxServer> {
  const server = await sandbox.listen();
  onTestFinished(server.close);
  return server;
}

describe("a served sandbox", () => {
  test("answers over HTTP as it does in memory", async () => {
    const sandbox = createSandbox();
    const { url, port } = await serve(sandbox);
    expect(url).toBe(`http://127.0.0.1:${port}`);
    const steps: [Parameters<typeof buildRequest>, number][] = [
      [["createWebhookSubscription", { body: buildInput({ secret: "s" }), origin: url }], 201],
      [["updateWebhookSubscription", { body: buildInput(), origin: url }], 200],
      [["createWebhookSubscription", { body: {}, origin: url }], 422],
      [["deleteWebhookSubscription", { origin: url }], 204],
      [["deleteWebhookSubscription", { origin: url }], 404],
      [["listWebhookSubscriptions", { origin: url, headers: { [TOKEN_HEADER]: "" } }], 401],
    ];
    for (const [step, status] of steps) {
      expect((await fetch(buildRequest(...step))).status).toBe(status);
    }
    expect(
      await readAnswer(await fetch(buildRequest("listWebhookSubscriptions", { origin: url }))),
    ).toEqual({
      status: 200,
      body: { webhook_subscriptions: [] },
    });
    expect(sandbox.requests.map(({ status }) => status)).toEqual([
      201, 200, 422, 204, 404, 401, 200,
    ]);
  });

  test("keeps every byte of a body", async () => {
    const sandbox = createSandbox();
    const { url } = await serve(sandbox);
    const webhook_url = "https://example.com/🏡";
    await fetch(
      buildRequest("createWebhookSubscription", { body: buildInput({ webhook_url }), origin: url }),
    );
    expect(sandbox.subscriptions).toMatchObject([{ webhook_url }]);
  });

  test.each(["example.com", "evil.localhost.example", "127.0.0.1.example", "sandbox"])(
    "refuses a host name that is not allowed, as a page in a browser may send: %j",
    async (host) => {
      const sandbox = createSandbox();
      const { port } = await serve(sandbox);
      expect(await statusOf({ port, path: "/", headers: { host } })).toBe(421);
      expect(sandbox.requests).toEqual([]);
    },
  );

  test("answers to loopback names and to `allowedHosts`", async () => {
    const server = await createSandbox().listen({ allowedHosts: ["Sandbox"] });
    onTestFinished(server.close);
    for (const host of ["localhost", "LOCALHOST:1", "127.0.0.1:80", "[::1]:80", "sandbox:4010"]) {
      expect(await statusOf({ port: server.port, path: "/", headers: { host } })).toBe(404);
    }
  });

  test("answers requests that `Request` does not accept", async () => {
    const { port } = await serve(createSandbox());
    const path = "/api/partner/v2/webhook_subscriptions";
    expect(await statusOf({ port, path, method: "TRACE" })).toBe(405);
    expect(await statusOf({ port, path: "*", method: "OPTIONS" })).toBe(404);
  });

  test("accepts bodies of up to 1 MiB, and refuses longer ones", async () => {
    const sandbox = createSandbox();
    const { url } = await serve(sandbox);
    const send = async (length: number): Promise<number> => {
      const input = JSON.stringify(buildInput());
      const body = input + " ".repeat(length - input.length);
      const request = buildRequest("createWebhookSubscription", { body, origin: url });
      return (await fetch(request)).status;
    };
    expect(await send(1_048_576)).toBe(201);
    expect(await send(1_048_577)).toBe(413);
    expect(sandbox.subscriptions).toHaveLength(1);
  });

  test("treats a path as a path, even if it begins with two slashes", async () => {
    const { port } = await serve(createSandbox());
    const path = "//evil.example/api/partner/v2/webhook_subscriptions";
    expect(await statusOf({ port, path })).toBe(404);
  });

  test("ignores the body of a GET", async () => {
    const { port } = await serve(createSandbox());
    const path = "/api/partner/v2/webhook_subscriptions";
    expect(await statusOf({ port, path }, "x")).toBe(401);
  });

  test("answers 500 with a body when its clock throws", async () => {
    const now = (): number => {
      throw new Error("the clock is broken");
    };
    const { url } = await serve(createSandbox({ now }));
    const sent = buildRequest("createWebhookSubscription", { body: buildInput(), origin: url });
    const message = "The sandbox failed: the clock is broken";
    expect(await readAnswer(await fetch(sent))).toEqual({
      status: 500,
      body: { status: "error", error_code: "internal_server_error", message, errors: [message] },
    });
  });

  test("names the port that is in use", async () => {
    const { port } = await serve(createSandbox());
    await expect(createSandbox().listen({ port })).rejects.toThrow(
      `Cannot serve on 127.0.0.1:${port}: the port is in use`,
    );
  });

  test("names another address that it cannot serve on", async () => {
    await expect(createSandbox().listen({ host: "192.0.2.1" })).rejects.toThrow(
      "Cannot serve on 192.0.2.1:0: ",
    );
  });

  test("can be served on several ports and again on the same one", async () => {
    const sandbox = createSandbox();
    const [first, second] = [await serve(sandbox), await serve(sandbox)];
    expect(first.port).not.toBe(second.port);
    await first.close();
    await first.close();
    const again = await sandbox.listen({ port: first.port });
    onTestFinished(again.close);
    expect(again.port).toBe(first.port);
  });

  test("ends requests under way when it is closed", async () => {
    let close = (): void => undefined;
    const closing = new Promise<void>((resolve) => (close = resolve));
    const server = await listen(() => {
      close();
      return new Promise(() => undefined);
    });
    const failure = expect(fetch(server.url)).rejects.toThrow();
    await closing;
    await server.close();
    await failure;
  });

  test("closes immediately while answers are stalled and late", async () => {
    let arrive = (): void => undefined;
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    let leave = (): void => undefined;
    const left = new Promise<void>((resolve) => (leave = resolve));
    const sandbox = createSandbox({
      faults: [
        { kind: "stall" },
        { kind: "stall", part: "headers" },
        { kind: "latency", ms: 1, skip: 2 },
      ],
      // Waits until the client disconnects, however long it takes.
      sleep: (_ms, signal) => {
        signal?.addEventListener("abort", leave);
        arrive();
        return left;
      },
    });
    const { url, close } = await serve(sandbox);
    const list = (): Promise<Response> =>
      fetch(buildRequest("listWebhookSubscriptions", { origin: url }));
    const stalled = await list();
    const failures = [stalled.text(), list(), list()].map((answer) => rejectionOf(answer));
    await arrived;
    await close();
    for (const failure of failures) expect(await failure).toBeInstanceOf(TypeError);
    await left;
    await new Promise(setImmediate); // All that follows from it has happened now.
    expect(sandbox.requests.map(({ fault }) => fault)).toEqual(["stall", "stall", "latency"]);
  });

  test("declares the full length of a body of which it sends half", async () => {
    const { url } = await serve(createSandbox({ faults: [{ kind: "stall" }] }));
    const controller = new AbortController();
    const { signal } = controller;
    const response = await fetch(buildRequest("listWebhookSubscriptions", { origin: url }), {
      signal,
    });
    const whole = '{"webhook_subscriptions":[]}';
    expect(response.headers.get("content-length")).toBe(String(whole.length));
    const chunk = await response.body?.getReader().read();
    expect(new TextDecoder().decode(chunk?.value)).toBe(whole.slice(0, whole.length / 2));
    controller.abort();
  });

  test("leaves no handle behind: a process that served and closes exits on its own", async ({
    signal,
  }) => {
    const program = fileURLToPath(new URL("../serve-and-close.ts", import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", program], {
      signal,
    });
    expect(stdout).toBe("delivered 200\nstalled 200\nclosed\n");
  });
});

/** The status of an answer to a request that `fetch` would not send. */
function statusOf(
  {
    headers: given,
    ...options
  }: Omit<RequestOptions, "headers"> & { headers?: Record<string, string> },
  body = "",
): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const headers = { "content-length": body.length, ...given };
    const sent = request({ host: "127.0.0.1", ...options, headers }, (response) => {
      response.resume().on("end", () => {
        resolve(response.statusCode);
      });
    });
    sent.on("error", reject).end(body);
  });
}
