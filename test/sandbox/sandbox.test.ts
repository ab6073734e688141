import { describe, expect, test } from "vitest";
import { InvalidInputError } from "../../src/errors/invalid-input-error.js";
import { createSandbox, type SandboxOptions } from "../../src/sandbox/index.js";
import { visibleText } from "../support/visible-text.js";
import { buildInput, buildRequest, callApi, HOOK, subscribe, TOKEN_HEADER } from "./call-api.js";

const URL_OF_LIST = "http://any.example:8080/api/partner/v2/webhook_subscriptions?page=1";

describe("sandbox.fetch", () => {
  test("replaces the runtime's fetch, detached and at any origin", async () => {
    const { fetch } = createSandbox();
    const replacement: typeof globalThis.fetch = fetch;
    const headers = { [TOKEN_HEADER]: "any" };
    expect((await replacement(URL_OF_LIST, { headers })).status).toBe(200);
    expect((await replacement(new URL(URL_OF_LIST), { headers })).status).toBe(200);
    expect((await replacement(new Request(URL_OF_LIST), { headers })).status).toBe(200);
  });

  test("rejects arguments that make no valid request", async () => {
    const { fetch } = createSandbox();
    await expect(fetch("not a url")).rejects.toThrow(TypeError);
    await expect(fetch(URL_OF_LIST, { body: "x" })).rejects.toThrow(TypeError);
  });

  test("consumes the body of a request, as a network does", async () => {
    const { fetch } = createSandbox();
    const request = buildRequest("createWebhookSubscription", { body: buildInput() });
    await fetch(request);
    expect(request.bodyUsed).toBe(true);
  });

  test("rejects with the reason of an aborted signal before anything is written", async () => {
    const sandbox = createSandbox();
    const reason = new Error("changed my mind");
    const request = buildRequest("createWebhookSubscription", { body: buildInput() });
    const aborted = new Request(request, { signal: AbortSignal.abort(reason) });
    await expect(sandbox.fetch(aborted)).rejects.toBe(reason);
    expect(sandbox.subscriptions).toEqual([]);
    expect(sandbox.requests).toEqual([]);
  });

  test("writes nothing when the signal aborts while the body is being read", async () => {
    const sandbox = createSandbox();
    const controller = new AbortController();
    const request = buildRequest("createWebhookSubscription", { body: buildInput() });
    const answer = sandbox.fetch(request, { signal: controller.signal });
    const reason = new Error("changed my mind");
    controller.abort(reason);
    await expect(answer).rejects.toBe(reason);
    expect(sandbox.subscriptions).toEqual([]);
  });
});

describe("the state of a sandbox", () => {
  test("is not shared with another sandbox", async () => {
    const [one, other] = [createSandbox(), createSandbox()];
    await subscribe(one);
    await one.emit("message.received");
    expect(one.subscriptions).toHaveLength(1);
    expect(one.deliveries).toHaveLength(1);
    expect(other.subscriptions).toEqual([]);
    expect(other.deliveries).toEqual([]);
    expect(other.requests).toEqual([]);
  });

  test("is returned as copies", async () => {
    const sandbox = createSandbox();
    await subscribe(sandbox);
    const { subscriptions, requests } = sandbox;
    subscriptions[0]?.events.push("message.read");
    (requests as unknown[]).length = 0; // What a caller without types can do.
    expect(sandbox.subscriptions[0]?.events).toEqual(["message.received"]);
    expect(sandbox.requests).toHaveLength(1);
  });

  test("records method, path without query, and status of each request", async () => {
    const sandbox = createSandbox();
    await sandbox.fetch(URL_OF_LIST);
    await callApi(sandbox, "createWebhookSubscription", { body: buildInput() });
    await callApi(sandbox, "deleteWebhookSubscription", { id: "9" });
    const path = "/api/partner/v2/webhook_subscriptions";
    const duration = expect.any(Number) as unknown;
    expect(sandbox.requests).toEqual([
      { method: "GET", path, status: 401, duration },
      { method: "POST", path, status: 201, duration },
      { method: "DELETE", path: `${path}/9`, status: 404, duration },
    ]);
  });

  test("is empty after a reset, and ids restart at 1", async () => {
    const sandbox = createSandbox();
    await subscribe(sandbox);
    await sandbox.emit("message.received");
    sandbox.reset();
    expect(sandbox.subscriptions).toEqual([]);
    expect(sandbox.deliveries).toEqual([]);
    expect(sandbox.requests).toEqual([]);
    await subscribe(sandbox);
    expect(sandbox.subscriptions).toMatchObject([{ id: 1 }]);
  });

  test("ignores deliveries that were under way at a reset", async () => {
    let answer: (response: Response) => void = () => undefined;
    const answered = new Promise<Response>((resolve) => (answer = resolve));
    const sandbox = createSandbox({ receivers: { [HOOK]: () => answered } });
    await subscribe(sandbox);
    const emitted = sandbox.emit("message.received");
    sandbox.reset();
    await subscribe(sandbox);
    answer(new Response());
    await emitted;
    expect(sandbox.deliveries).toEqual([]);
    expect(sandbox.subscriptions).toMatchObject([{ id: 1, delivery_attempts: 0 }]);
  });

  test("shows no secret and no token anywhere", async () => {
    const secret = "sentinel-secret-7f3a";
    const token = "sentinel-token-91bc";
    const receivers = { [HOOK]: () => new Response("ok") };
    const sandbox = createSandbox({ token, receivers });
    const headers = { [TOKEN_HEADER]: token };
    const answers = [
      await callApi(sandbox, "createWebhookSubscription", {
        body: buildInput({ secret }),
        headers,
      }),
      await callApi(sandbox, "updateWebhookSubscription", {
        body: buildInput({ secret }),
        headers,
      }),
      await callApi(sandbox, "updateWebhookSubscription", {
        body: buildInput({ secret: [secret], events: [secret], version: secret }),
        headers,
      }),
      await callApi(sandbox, "createWebhookSubscription", {
        body: `{"secret": "${secret}"`,
        headers,
      }),
      await callApi(sandbox, "listWebhookSubscriptions", { headers }),
      await callApi(sandbox, "listWebhookSubscriptions", {
        headers: { [TOKEN_HEADER]: `${token}x` },
      }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([201, 200, 422, 400, 200, 401]);
    const deliveries = await sandbox.emit("message.received");
    expect(deliveries).toMatchObject([{ status: 200, signature: expect.any(String) as unknown }]);
    const { subscriptions, requests } = sandbox;
    const seen = visibleText({ sandbox, subscriptions, requests, deliveries, answers });
    expect(seen).not.toContain(secret);
    expect(seen).not.toContain(token);
  });
});

describe("createSandbox", () => {
  const BAD_OPTIONS: [name: string, options: object, message: string][] = [
    ["an empty token", { token: "" }, "`token` must be"],
    ["a token that is not a string", { token: 1 }, "`token` must be"],
    ["receivers that are not an object", { receivers: "x" }, "`receivers` must be"],
    ["a receiver under a path", { receivers: { "/hook": () => undefined } }, "`receivers` must be"],
    ["a receiver that is not a function", { receivers: { [HOOK]: "x" } }, "`receivers` must be"],
    ["a clock that is not a function", { now: 0 }, "`now` must be"],
    ["a fetch that is not a function", { fetch: {} }, "`fetch` must be"],
    [
      "an unknown option",
      { tokens: "x" },
      "`options.tokens` must be left out; did you mean `token`?",
    ],
  ];

  test.each(BAD_OPTIONS)("refuses %s", (_name, options, message) => {
    expect(() => createSandbox(options as SandboxOptions)).toThrow(InvalidInputError);
    expect(() => createSandbox(options as SandboxOptions)).toThrow(message);
  });

  test("treats undefined options as left out", async () => {
    const sandbox = createSandbox({ token: undefined, receivers: undefined, now: undefined });
    await subscribe(sandbox);
    expect(sandbox.subscriptions).toHaveLength(1);
  });
});

describe("observers", () => {
  test("receive each request and each delivery when it has ended", async () => {
    const told: unknown[] = [];
    const sandbox = createSandbox({
      receivers: { "https://example.com/hook": () => new Response("ok") },
      onRequest: (request) => told.push(request),
      onDelivery: (delivery) => told.push(delivery),
    });
    await subscribe(sandbox, { webhook_url: "https://example.com/hook" });
    await sandbox.emit("message.received");
    expect(told).toEqual([...sandbox.requests, ...sandbox.deliveries]);
    expect(sandbox.deliveries).toHaveLength(1);
  });

  test("change nothing when they fail", async () => {
    const fail = (): never => {
      throw new Error("a mistake of the observer");
    };
    const sandbox = createSandbox({ onRequest: fail, onDelivery: fail });
    const headers = { [TOKEN_HEADER]: "any" };
    expect((await sandbox.fetch(URL_OF_LIST, { headers })).status).toBe(200);
  });
});
