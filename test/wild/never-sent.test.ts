import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { composeClient } from "../../src/client.js";
import { createLinqClient, type LinqClient } from "../../src/index.js";
import { type HttpJudge, startJudge } from "../judge/start-judge.js";
import { createFastClock } from "../support/fast-clock.js";
import { closedUrl } from "../support/raw-server.js";
import { rejectionOf } from "../support/rejection.js";

const TOKEN = "a-token-of-the-test";
const INPUT = { webhook_url: "https://a.example/hook", events: ["message.received"] } as const;

/** A server with a certificate that nobody has signed, for the name `localhost`. */
async function untrustedUrl(host: string): Promise<string> {
  const read = (name: string): string => readFileSync(new URL(name, import.meta.url), "utf8");
  const options = { key: read("key.pem"), cert: read("certificate.pem") };
  const server = createServer(options, (_request, response) => response.end("{}"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `https://${host}:${(server.address() as AddressInfo).port}`;
}

/** A client of a server that gets its list requests, while POSTs are sent elsewhere. */
async function connect(elsewhere: string): Promise<{ linq: LinqClient; judge: HttpJudge }> {
  const judge = await startJudge();
  onTestFinished(judge.close);
  const lead = (input: Parameters<typeof fetch>[0], init?: RequestInit): Promise<Response> => {
    const url = new URL(input instanceof Request ? input.url : input);
    return fetch(init?.method === "POST" ? elsewhere + url.pathname : url, init);
  };
  const options = { token: TOKEN, baseUrl: judge.url, fetch: lead };
  return { linq: composeClient(options, createFastClock()), judge };
}

describe.each<[what: string, url: () => string | Promise<string>]>([
  ["a port at which nobody listens", closedUrl],
  ["a name that nobody has", () => "http://nowhere.invalid"],
  ["an address to which no route leads", () => "http://255.255.255.255"],
  ["a certificate that nobody has signed", () => untrustedUrl("localhost")],
  ["a certificate of another host", () => untrustedUrl("127.0.0.1")],
])("a POST that was never sent, because of %s", (_what, makeUrl) => {
  it.each<[name: string, call: (linq: LinqClient) => Promise<unknown>]>([
    ["ensure", ({ webhookSubscriptions }) => webhookSubscriptions.ensure(INPUT)],
    ["create", ({ webhookSubscriptions }) => webhookSubscriptions.create(INPUT)],
    [
      "create with allowDuplicate",
      ({ webhookSubscriptions }) => webhookSubscriptions.create(INPUT, { allowDuplicate: true }),
    ],
  ])("is retried and reported as not sent: %s", async (_name, call) => {
    const { linq, judge } = await connect(await makeUrl());
    const error = await rejectionOf(call(linq));
    expect(error).toMatchObject({ code: "connection_error", sent: false, method: "POST" });
    expect(String(error)).not.toContain("was posted");
    const { attempts } = error as { attempts: { method: string; sent: boolean }[] };
    const posts = attempts.filter(({ method }) => method === "POST");
    expect(posts).toMatchObject([{ sent: false }, { sent: false }, { sent: false }]);
    expect(judge.rows()).toEqual([]);
  });
});

describe("a proxy that Node ignores", () => {
  afterEach(() => vi.unstubAllEnvs());

  async function messageOf(
    env: Readonly<Record<string, string>>,
    baseUrl = "https://nowhere.invalid",
  ): Promise<string> {
    const names = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "NODE_USE_ENV_PROXY"];
    for (const name of names) vi.stubEnv(name, env[name]);
    const linq = createLinqClient({ token: TOKEN, baseUrl, maxRetries: 0 });
    return String(await rejectionOf(linq.webhookSubscriptions.list()));
  }

  it.each(["HTTPS_PROXY", "https_proxy"])("is named when a connection fails: %s", async (name) => {
    const message = await messageOf({ [name]: "http://me:pass@proxy.example:3128" });
    expect(message).toContain(
      `${name} is set, but Node's own fetch ignores it unless NODE_USE_ENV_PROXY=1 is set too`,
    );
    expect(message).not.toContain("proxy.example");
  });

  it.each<[when: string, ...Parameters<typeof messageOf>]>([
    ["there is none", {}],
    ["it is used", { HTTPS_PROXY: "http://127.0.0.1:9", NODE_USE_ENV_PROXY: "1" }],
    ["it is for another protocol", { HTTP_PROXY: "http://127.0.0.1:9" }],
    ["the server is on this machine", { HTTP_PROXY: "http://127.0.0.1:9" }, "http://localhost:9"],
  ])("is not named when %s", async (_when, ...args) => {
    const message = await messageOf(...args);
    expect(message).toContain("check the network");
    expect(message).not.toContain("PROXY");
  });
});
