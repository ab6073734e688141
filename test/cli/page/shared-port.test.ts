import { describe, expect, it } from "vitest";
import { findLoopback } from "../../../src/cli/page/find-loopback.js";
import { ask, askRaw, findPageUrl, openPage, type PageClient } from "../page-client.js";
import { portOf } from "../listen-world.js";
import { startCommand } from "../running-command.js";

interface World {
  readonly origin: string;
  readonly port: number;
  readonly open: () => Promise<PageClient>;
}

async function start(args: readonly string[] = []): Promise<World> {
  const { says } = startCommand(["sandbox", "--port=0", "--ui", ...args]);
  const url = findPageUrl(await says("Ctrl-C ends it."));
  return { origin: new URL(url).origin, port: portOf(url), open: () => openPage(url) };
}

describe("the API of the sandbox, on the port of its page", () => {
  const PATH = "/api/partner/v2/webhook_subscriptions";
  const TOKEN_HEADER = "x-linq-integration-token";

  it("needs its token, and does not accept a cookie in place of it", async () => {
    const { origin, open } = await start();
    const { cookie } = await open();
    const list = (headers: Readonly<Record<string, string>>): Promise<{ status: number }> =>
      askRaw(origin, PATH, { headers });
    expect((await list({ [TOKEN_HEADER]: "any" })).status).toBe(200);
    expect((await list({ cookie })).status).toBe(401);
  });

  it.each([
    ["/_/../api/partner/v2/webhook_subscriptions", 401],
    ["/_/linq/api/partner/v2/webhook_subscriptions", 401],
    ["/_", 401],
    ["//_/api/state", 404],
    ["/./_/api/state", 404],
    ["/%5f/api/state", 404],
    ["/_%2fapi/state", 404],
    [`${PATH}/../../../../_/api/state`, 404],
  ])("does not lead to the page, nor the page to the API: %s", async (path, status) => {
    const { origin } = await start();
    const headers = { [TOKEN_HEADER]: "any" };
    expect((await askRaw(origin, path, { headers })).status).toBe(status);
  });

  it("refuses a form of another site, and sends no CORS headers", async () => {
    const { origin, open } = await start();
    const { cookie, get } = await open();
    const evil = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
    const answer = await askRaw(origin, PATH, {
      method: "POST",
      headers: { ...evil, cookie, "content-type": "text/plain" },
      body: '{"webhook_subscription":{"webhook_url":"https://evil.example/","events":["message.sent"]}}',
    });
    expect(answer.status).toBe(401);
    const preflight = await askRaw(origin, PATH, {
      method: "OPTIONS",
      headers: { ...evil, "access-control-request-headers": TOKEN_HEADER },
    });
    for (const { headers } of [answer, preflight]) {
      expect(Object.keys(headers).filter((name) => name.startsWith("access-"))).toEqual([]);
    }
    expect((await get(`/_/linq${PATH}`)).json()).toEqual({ webhook_subscriptions: [] });
  });

  it.each(["fault", "switch"])("has no %s that another site could set", async (action) => {
    const { origin, open } = await start();
    const { cookie, get } = await open();
    const before = (await get("/_/api/state")).json();
    for (const headers of [{ cookie }, { cookie, origin: "http://localhost:1" }, { origin }]) {
      const answer = await askRaw(origin, `/_/api/${action}`, {
        method: "POST",
        headers: { ...headers, "content-type": "application/json" },
        body: '{"name":"reset","isOn":true,"value":"409"}',
      });
      expect([401, 403]).toContain(answer.status);
    }
    expect((await get("/_/api/state")).json()).toEqual(before);
  });

  it("still refuses a body that is too large", async () => {
    const { origin } = await start();
    const { status } = await ask(`${origin}${PATH}`, {
      method: "POST",
      headers: { [TOKEN_HEADER]: "any", "content-type": "application/json" },
      body: " ".repeat(1_048_577),
    });
    expect(status).toBe(413);
  });

  it("listens on all addresses with --host, and opens the page on loopback", async () => {
    const { origin, port, open } = await start(["--host=0.0.0.0"]);
    expect(origin).toBe(`http://127.0.0.1:${port}`);
    const { get } = await open();
    expect((await get("/_/api/state")).status).toBe(200);
    expect((await ask(origin + PATH, { headers: { [TOKEN_HEADER]: "any" } })).status).toBe(200);
  });
});

describe("the host of a page", () => {
  it.each([
    ["127.0.0.1", "127.0.0.1"],
    ["0.0.0.0", "127.0.0.1"],
    ["::1", "[::1]"],
    ["::", "[::1]"],
  ])("of a server at %s is %s", (address, host) => {
    expect(findLoopback(address)).toBe(host);
  });

  it.each(["192.0.2.1", "127.0.0.2", "2001:db8::1", "constructor"])(
    "does not exist for an address that loopback does not reach: %s",
    (address) => {
      expect(() => findLoopback(address)).toThrow("the page is for this machine only");
    },
  );
});
