import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { isLocal } from "../../../src/cli/page/check-request.js";
import { signBody } from "../../../src/receiver/index.js";
import { createEvent } from "../../../src/sandbox/index.js";
import { portOf, SECRET, serveApi, startTunnel, TOKEN } from "../listen-world.js";
import { ask, askRaw, findPageUrl, openPage, type PageClient, readStream } from "../page-client.js";
import { startCommand } from "../running-command.js";

interface World {
  readonly url: string;
  readonly origin: string;
  readonly port: number;
  readonly open: () => Promise<PageClient>;
}

const LISTEN = ["listen", "--port=0", "--secret-env=HOOK_SECRET"];
const SANDBOX = ["sandbox", "--port=0", "--ui"];

/** The answers of the receiver and the sandbox, which share their port with the page. */
const NOT_THE_PAGE = /^nothing takes deliveries at this path$|"not_found"|answers to loopback only/;

/** A folder like that of the build, next to a file that must stay private. */
async function createPageFolder(): Promise<string> {
  const parent = await mkdtemp(join(tmpdir(), "linq-webhooks-page-"));
  onTestFinished(() => rm(parent, { recursive: true, force: true }));
  await writeFile(join(parent, "secret.js"), "s3ntinel");
  const folder = await mkdtemp(join(parent, "page-"));
  await writeFile(join(folder, "index.html"), "<!doctype html><title>page</title>");
  await writeFile(join(folder, "page.js"), "export {};");
  await writeFile(join(folder, "page.css"), ":root {}");
  await writeFile(join(folder, "notes.txt"), "s3ntinel");
  await symlink(join(parent, "secret.js"), join(folder, "linked.js"));
  return folder;
}

async function start(
  argv: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<World> {
  const pageFolder = await createPageFolder();
  const command = startCommand(argv, { env: { HOOK_SECRET: SECRET, ...env }, pageFolder });
  const url = findPageUrl(await command.says("Ctrl-C ends it."));
  const { origin } = new URL(url);
  return { url, origin, port: portOf(url), open: () => openPage(url) };
}

const NAMES: readonly (readonly [string, (port: number) => Readonly<Record<string, string>>])[] = [
  ["another name", (port) => ({ host: `evil.example:${port}` })],
  ["another port", (port) => ({ host: `127.0.0.1:${port + 1}` })],
  ["no port", () => ({ host: "127.0.0.1" })],
  ["a name with the same beginning", (port) => ({ host: `localhost.evil.example:${port}` })],
  ["credentials", (port) => ({ host: `127.0.0.1:${port}@evil.example` })],
  [
    "a Host that a tunnel has rewritten",
    (port) => ({ host: `localhost:${port}`, "x-forwarded-for": "1.2.3.4" }),
  ],
  [
    "a header of Cloudflare",
    (port) => ({ host: `127.0.0.1:${port}`, "cf-connecting-ip": "1.2.3.4" }),
  ],
];

describe.each([
  ["listen", LISTEN],
  ["sandbox --ui", SANDBOX],
])("%s", (_command, argv) => {
  describe("the page's address", () => {
    it("opens the page with a cookie that scripts and other sites do not get", async () => {
      const { url, origin } = await start(argv);
      const { status, headers } = await fetch(url, { redirect: "manual" });
      expect(status).toBe(303);
      expect(headers.get("location")).toBe("/_/");
      expect(headers.get("set-cookie")).toMatch(
        /^linq_webhooks_\d+=[\w-]{43}; Path=\/_\/; HttpOnly; SameSite=Strict$/,
      );
      const cookie = headers.get("set-cookie")?.split(";")[0] ?? "";
      expect(await ask(`${origin}/_/`, { headers: { cookie } })).toMatchObject({ status: 200 });
    });

    it("works once, except for a browser that has the cookie", async () => {
      const { url, open } = await start(argv);
      const { cookie } = await open();
      expect((await ask(url)).status).toBe(401);
      expect((await ask(url, { headers: { cookie } })).status).toBe(303);
    });

    it.each(["/_/start/", "/_/start/x", `/_/start/${"A".repeat(43)}`])(
      "is not found or used up by a guess: %s",
      async (path) => {
        const { origin, url } = await start(argv);
        const { status, headers } = await askRaw(origin, path);
        expect({ status, cookie: headers["set-cookie"] }).toEqual({
          status: 401,
          cookie: undefined,
        });
        // The guess does not use up the address.
        expect((await ask(url)).status).toBe(303);
      },
    );

    it.each(["HEAD", "POST"])("is not used up by %s", async (method) => {
      const { url } = await start(argv);
      expect((await ask(url, { method })).status).toBe(401);
      expect((await ask(url)).status).toBe(303);
    });
  });

  describe("without the cookie", () => {
    it.each(["", "page.js", "api/state", "api/stream", "api/example?event=message.sent", "linq/x"])(
      "the server answers /_/%s with only one sentence",
      async (path) => {
        const { origin, port } = await start(argv, { LINQ_INTEGRATION_TOKEN: TOKEN });
        for (const cookie of [
          "",
          `linq_webhooks_${port}=`,
          `linq_webhooks_${port}=${"A".repeat(43)}`,
        ]) {
          expect(await askRaw(origin, `/_/${path}`, { headers: { cookie } })).toMatchObject({
            status: 401,
            text: "Open the address that the command printed.\n",
          });
        }
      },
    );
  });

  describe("a page of another site", () => {
    const FOREIGN: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
      ["by its Origin", { origin: "https://evil.example" }],
      ["in a sandboxed frame", { origin: "null" }],
      ["on another port", { origin: "http://127.0.0.1:1" }],
      ["of another scheme", { origin: "https://127.0.0.1" }],
      ["without an Origin", {}],
      ["by its Sec-Fetch-Site", { "sec-fetch-site": "cross-site" }],
    ];

    it.each(FOREIGN)("sends nothing, even with the cookie: %s", async (_name, headers) => {
      const { origin, open } = await start(argv);
      const { cookie, get } = await open();
      const answer = await askRaw(origin, "/_/api/example", {
        method: "POST",
        headers: { cookie, "content-type": "application/json", ...headers },
        body: JSON.stringify({ event: "message.sent" }),
      });
      expect(answer.status).toBe(403);
      expect(answer.headers["access-control-allow-origin"]).toBeUndefined();
      expect((await get("/_/api/state")).status).toBe(200);
    });

    it("reads nothing, even with the cookie", async () => {
      const { origin, open } = await start(argv);
      const { cookie } = await open();
      for (const headers of [
        { origin: "https://evil.example" },
        { "sec-fetch-site": "same-site" },
      ]) {
        const { status } = await askRaw(origin, "/_/api/state", {
          headers: { cookie, ...headers },
        });
        expect(status).toBe(403);
      }
    });

    it.each([
      "text/plain",
      "application/x-www-form-urlencoded",
      "multipart/form-data",
      "application/jsonx",
    ])("sends no form of the type %s", async (type) => {
      const { origin, open } = await start(argv);
      const { cookie } = await open();
      const headers = { cookie, origin, "content-type": type };
      const body = '{"event":"message.sent"}';
      const { status } = await askRaw(origin, "/_/api/example", { method: "POST", headers, body });
      expect(status).toBe(415);
    });

    it("gets no CORS headers", async () => {
      const { origin, open } = await start(argv);
      const { cookie } = await open();
      const headers = {
        cookie,
        origin: "https://evil.example",
        "access-control-request-method": "POST",
      };
      const answer = await askRaw(origin, "/_/api/example", { method: "OPTIONS", headers });
      expect(answer.status).toBe(403);
      expect(Object.keys(answer.headers).filter((name) => name.startsWith("access-"))).toEqual([]);
    });
  });

  describe("a foreign host name, or a tunnel,", () => {
    it.each(NAMES)("does not reach the page: %s", async (_name, toHeaders) => {
      const { origin, port, url, open } = await start(argv);
      const { cookie } = await open();
      const headers = { ...toHeaders(port), cookie };
      for (const path of ["/_/", "/_/api/state", new URL(url).pathname]) {
        const { status, text } = await askRaw(origin, path, { headers });
        expect([404, 421]).toContain(status);
        expect(text).toMatch(NOT_THE_PAGE);
      }
    });

    it.each(["localhost", "127.0.0.1", "LOCALHOST", "[::1]"])("is not %s", async (name) => {
      const { origin, port, open } = await start(argv);
      const { cookie } = await open();
      const headers = { host: `${name}:${port}`, cookie };
      expect((await askRaw(origin, "/_/api/state", { headers })).status).toBe(200);
    });

    it("does not reach the page through a tunnel server", async () => {
      const { port, url, open } = await start(argv);
      const tunnel = await startTunnel();
      tunnel.leadTo(port);
      const { cookie } = await open();
      for (const path of ["/_/", new URL(url).pathname]) {
        expect((await ask(tunnel.url + path, { headers: { cookie } })).status).toBe(404);
      }
    });

    it("does not reach the page by an absolute request target", async () => {
      const { origin, open } = await start(argv);
      const { cookie } = await open();
      const { status } = await askRaw(origin, `${origin}/_/api/state`, { headers: { cookie } });
      expect(status).toBe(404);
    });
  });

  describe("a file of the page", () => {
    it.each([
      ["/_/", "text/html; charset=utf-8"],
      ["/_/?x=1", "text/html; charset=utf-8"],
      ["/_/page.js", "text/javascript; charset=utf-8"],
      ["/_/page.css", "text/css; charset=utf-8"],
    ])(
      "is served with its type and a policy against inline or foreign content: %s",
      async (path, type) => {
        const { origin, open } = await start(argv);
        const { cookie } = await open();
        const { status, headers } = await askRaw(origin, path, { headers: { cookie } });
        expect(status).toBe(200);
        expect(headers).toMatchObject({
          "content-type": type,
          "x-content-type-options": "nosniff",
          "referrer-policy": "no-referrer",
          "cache-control": "no-store",
          "content-security-policy":
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        });
      },
    );

    it.each([
      ...["../secret.js", "..%2fsecret.js", "%2e%2e/secret.js", "..\\secret.js", "..%5csecret.js"],
      ...["./page.js", "page.js/../../secret.js", "/etc/passwd", "//etc/passwd", "%00page.js"],
      ...[
        "page.js%00.html",
        "notes.txt",
        "linked.js",
        ".",
        "..",
        "PAGE.JS",
        "%70age.js",
        "constructor",
      ],
    ])("serves no other file: %s", async (name) => {
      const { origin, open } = await start(argv);
      const { cookie } = await open();
      const { status, text } = await askRaw(origin, `/_/${name}`, { headers: { cookie } });
      expect(status).toBe(404);
      expect(text).not.toContain("s3ntinel");
    });
  });
});

describe("a foreign host name, or a tunnel, outside the page", () => {
  it.each(NAMES)("reaches the receiver of listen: %s", async (_name, toHeaders) => {
    const { origin, port, open } = await start(LISTEN);
    const { cookie } = await open();
    const headers = { ...toHeaders(port), cookie };
    const body = JSON.stringify(createEvent("message.sent"));
    const signature = await signBody(body, SECRET);
    const delivery = { ...headers, "x-webhook-signature": signature };
    const answer = await askRaw(origin, "/hook", { method: "POST", headers: delivery, body });
    expect(answer.status).toBe(200);
  });
});

describe("a request with the right host name", () => {
  it.each([
    ["127.0.0.1", true],
    ["127.8.9.1", true],
    ["::1", true],
    ["::ffff:127.0.0.1", true],
    ["::ffff:192.0.2.1", false],
    ["192.0.2.1", false],
    ["10.127.0.1", false],
    ["::1:2", false],
    [undefined, false],
  ])("from %s is local: %j", (remoteAddress, expected) => {
    const request = { headers: { host: "127.0.0.1:4010" }, socket: { remoteAddress } };
    expect(isLocal(request, 4010)).toBe(expected);
  });
});

describe("text from a stranger", () => {
  const EVIL = `<img src=x onerror="alert(1)">\u2028</script>`;

  it("reaches the page as JSON, in any field", async () => {
    const { origin, open } = await start(LISTEN);
    const page = await open();
    const body = JSON.stringify({
      ...{ event_type: EVIL, event_id: EVIL, created_at: EVIL, api_version: EVIL },
      data: { from_phone: EVIL, text: EVIL, [EVIL]: EVIL },
    });
    await fetch(`${origin}/hook`, {
      method: "POST",
      body,
      headers: { "x-webhook-signature": await signBody(body, SECRET), "x-evil": "<img onerror=x>" },
    });
    await fetch(`${origin}/hook`, {
      method: "POST",
      body: `${EVIL}\n\nevent: state\ndata: {}\n\n`,
    });
    const events = await readStream(page, (_event, index) => index === 1);
    expect(events.map(({ event }) => event)).toEqual(["delivery", "delivery"]);
    expect(events[0]?.data).toMatchObject({ event: EVIL, eventId: EVIL, body });
    expect(events[1]?.data).toMatchObject({
      event: null,
      body: expect.stringContaining(EVIL) as unknown,
    });
    const answer = await askRaw(page.origin, "/_/api/state", { headers: { cookie: page.cookie } });
    expect(answer.headers["content-type"]).toBe("application/json; charset=utf-8");
  });
});

describe("the token and the secrets", () => {
  it("never reach the page", async () => {
    const api = await serveApi();
    const { origin, open } = await start(LISTEN, api.env);
    const page = await open();
    const echo = `${TOKEN} ${SECRET} ${Buffer.from(TOKEN).toString("base64")}`;
    const body = JSON.stringify(createEvent("message.received", { text: echo }));
    await fetch(`${origin}/hook?${encodeURIComponent(TOKEN)}`, {
      method: "POST",
      body,
      headers: {
        "x-webhook-signature": await signBody(body, SECRET),
        "x-echo": echo,
        authorization: "Bearer of-bad-news",
        "x-linq-integration-token": TOKEN,
      },
    });
    await api.linq.webhookSubscriptions.create({
      webhook_url: `https://example.com/hook?x=${TOKEN}&key=of-the-hook`,
      events: ["message.sent"],
    });
    const events = await readStream(page, () => true);
    const list = await page.get("/_/linq/api/partner/v2/webhook_subscriptions");
    expect(list.status).toBe(200);
    const state = await page.get("/_/api/state");
    const seen = JSON.stringify(events) + list.text + state.text;
    expect(seen).toContain("[REDACTED]");
    expect(seen).not.toMatch(/s3ntinel|of-bad-news|of-the-hook/);
    expect(seen).not.toContain(Buffer.from(TOKEN).toString("base64"));
  });
});
