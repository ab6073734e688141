import { describe, expect, it } from "vitest";
import { createLinqClient } from "../../../src/index.js";
import { startServer } from "../../support/raw-server.js";
import { SECRET, serveApi, TOKEN } from "../listen-world.js";
import { askRaw, findPageUrl, openPage, type PageClient } from "../page-client.js";
import { startCommand } from "../running-command.js";

const PATH = "/_/linq/api/partner/v2/webhook_subscriptions";

async function open(env: Readonly<Record<string, string | undefined>>): Promise<PageClient> {
  const command = startCommand(["listen", "--port=0"], { env });
  return openPage(findPageUrl(await command.says("Ctrl-C ends it.")));
}

/** The client of the library, as it works in the page: without a token. */
function createPageClient({ origin, cookie }: PageClient): ReturnType<typeof createLinqClient> {
  return createLinqClient({
    baseUrl: `${origin}/_/linq`,
    fetch: (input, init) => {
      const request = new Request(input, init);
      // The headers that the browser adds.
      request.headers.set("cookie", cookie);
      if (request.method !== "GET") request.headers.set("origin", origin);
      return fetch(request);
    },
  });
}

describe("the proxy from the page to the API", () => {
  it("adds the token, so that the client of the library works without one", async () => {
    const api = await serveApi();
    const linq = createPageClient(await open(api.env)).webhookSubscriptions;
    const input = { webhook_url: "https://example.com/hook", events: ["message.sent"] } as const;
    await linq.create(input);
    await linq.create(input, { allowDuplicate: true });
    expect(await linq.findDuplicates()).toMatchObject([{ kind: "identical" }]);
    await linq.removeDuplicates();
    await linq.update(1, { events: ["message.read"], secret: SECRET });
    expect(await linq.list()).toMatchObject([{ id: 1, events: ["message.read"] }]);
    await linq.delete(1);
    expect(api.sandbox.subscriptions).toEqual([]);
  });

  it("hides keys in URLs, distinguishes URLs by their keys, and stores the real ones", async () => {
    const api = await serveApi();
    const urls = [
      "https://example.com/hook?key=one-of-two",
      "https://example.com/hook?key=two-of-two",
    ];
    for (const webhook_url of urls) {
      await api.linq.webhookSubscriptions.create({
        webhook_url,
        events: ["message.sent"],
        secret: SECRET,
      });
    }
    const linq = createPageClient(await open(api.env)).webhookSubscriptions;
    const list = await linq.list();
    expect(list.map(({ webhook_url }) => webhook_url)).toEqual([
      "https://example.com/hook?key=***",
      "https://example.com/hook?key=***2",
    ]);
    expect(await linq.findDuplicates()).toEqual([]);
    await linq.update(2, { events: ["message.read"], secret: SECRET });
    expect(api.sandbox.subscriptions).toMatchObject([
      { webhook_url: urls[0] },
      { webhook_url: urls[1], events: ["message.read"] },
    ]);
  });

  it.each(["https://example.com/hook?key=***", "https://example.com/?x=[REDACTED]"])(
    "does not store a masked URL: %s",
    async (webhook_url) => {
      const api = await serveApi();
      const page = await open(api.env);
      const body = { webhook_subscription: { webhook_url, events: ["message.sent"], version: 2 } };
      expect((await page.post(PATH, body)).status).toBe(422);
      expect(api.sandbox.subscriptions).toEqual([]);
    },
  );

  it.each([
    ["GET", "/_/linq/"],
    ["GET", "/_/linq/api/partner/v2/contacts"],
    ["GET", "/_/linq/api/partner/v2/webhook_subscriptions/../contacts"],
    ["GET", "/_/linq/api/partner/v2/webhook_subscriptions/%2e%2e/contacts"],
    ["GET", "/_/linq//evil.example/api/partner/v2/webhook_subscriptions"],
    ["GET", "/_/linq/@evil.example/"],
    ["PATCH", PATH],
    ["TRACE", PATH],
  ])("gives access only to subscriptions: %s %s", async (method, path) => {
    const { env, sandbox } = await serveApi();
    const { origin, cookie } = await open(env);
    const headers = { cookie, origin, "content-type": "application/json" };
    expect((await askRaw(origin, path, { method, headers })).status).toBe(404);
    expect(sandbox.requests).toEqual([]);
  });

  it("forwards the total of a list, and no cookie, CORS header or policy", async () => {
    const server = await startServer((_request, response) => {
      response.writeHead(200, {
        ...{ "content-type": "application/json", "x-total-count": "7", "set-cookie": "a=b" },
        ...{ "access-control-allow-origin": "*", "content-security-policy": "default-src *" },
      });
      response.end('{"webhook_subscriptions":[]}');
    });
    const { origin, cookie } = await open({
      LINQ_BASE_URL: server.url,
      LINQ_INTEGRATION_TOKEN: TOKEN,
    });
    const { headers } = await askRaw(origin, PATH, { headers: { cookie } });
    expect(headers["x-total-count"]).toBe("7");
    expect(headers["set-cookie"]).toBeUndefined();
    expect(headers["access-control-allow-origin"]).toBeUndefined();
    expect(headers["content-security-policy"]).toContain("default-src 'none'");
  });

  it("does not follow redirects, so that the token goes nowhere else", async () => {
    const server = await startServer((request, response) => {
      const isElsewhere = request.url?.startsWith("/elsewhere") === true;
      response.writeHead(isElsewhere ? 200 : 307, { location: "/elsewhere" }).end();
    });
    const page = await open({ LINQ_BASE_URL: server.url, LINQ_INTEGRATION_TOKEN: TOKEN });
    expect(await page.get(PATH)).toMatchObject({ status: 502 });
    expect(server.requests).toEqual(["GET /api/partner/v2/webhook_subscriptions"]);
  });

  it("says that there is no token", async () => {
    const page = await open({ LINQ_INTEGRATION_TOKEN: undefined });
    expect((await page.get("/_/api/state")).json()).toMatchObject({ hasToken: false });
    expect(await page.get(PATH)).toMatchObject({ status: 403 });
  });
});
