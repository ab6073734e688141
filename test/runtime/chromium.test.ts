import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createSandbox, type Sandbox, type SandboxServer } from "linq-webhooks/sandbox";
import { readPrograms } from "../support/manual-programs.js";
import { launchChromium } from "./chromium/launch-chromium.js";
import type { PageGlobals } from "./chromium/page-globals.js";
import { runSuiteInPage } from "./chromium/run-suite-in-page.js";
import { type PageServer, servePage } from "./chromium/serve-page.js";
import { createProject, type Project } from "./project.js";
import { serveWorlds, type WorldServer } from "./serve-worlds.js";
import { FACT_NAMES, type Result } from "./suite.js";

let browser: Browser;
let project: Project;

beforeAll(async () => {
  browser = await launchChromium();
  project = await createProject();
});

afterAll(async () => {
  await browser.close();
  await project.remove();
});

describe("a page with the token in it, and the API on another origin", () => {
  let worlds: WorldServer;
  let pages: PageServer;
  let page: Page;
  let results: Map<string, Result>;

  beforeAll(async () => {
    worlds = await serveWorlds();
    pages = await servePage(project);
    page = await browser.newPage();
    await page.goto(pages.url);
    const list = await runSuiteInPage(page, worlds.url);
    results = new Map(list.map((result) => [result.fact, result]));
  });

  afterAll(async () => {
    await page.close();
    await pages.close();
    await worlds.close();
  });

  it.each(FACT_NAMES)("%s", (name) => {
    expect(results.get(name)).toEqual({ fact: name });
  });

  it("causes preflights, because a token is not a simple header", () => {
    expect(worlds.preflights()).toBeGreaterThan(0);
  });

  it("is refused without `dangerouslyAllowBrowser`", async () => {
    const refusal = await page.evaluate(() => {
      const { client } = (globalThis as unknown as PageGlobals).linqWebhooks.entries;
      try {
        client.createLinqClient({ token: "a-token" });
      } catch (error) {
        return client.isLinqError(error) && error.code === "invalid_input" && error.field;
      }
      return "taken";
    });
    expect(refusal).toBe("token");
  });
});

describe("a page without the token, behind the proxy of the manual", () => {
  const TOKEN = "a-token-that-stays-on-the-server";
  let folder: string;
  let proxy: (request: Request) => Promise<Response>;
  /** Lets the first request continue, which waits until then. */
  let letGo: () => void;
  let sandbox: Sandbox;
  let api: SandboxServer;
  let pages: PageServer;
  let context: BrowserContext;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "linq-webhooks-proxy-"));
  });

  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  beforeEach(async () => {
    const gate = new Promise<void>((resolve) => (letGo = resolve));
    sandbox = createSandbox({ token: TOKEN, sleep: () => gate });
    api = await sandbox.listen();
    vi.stubEnv("LINQ_BASE_URL", api.url);
    vi.stubEnv("LINQ_INTEGRATION_TOKEN", TOKEN);
    proxy = await loadProxy(join(folder, `proxy-${api.port}.mjs`));
    pages = await servePage(project, proxy);
    context = await browser.newContext();
  });

  afterEach(async () => {
    await context.close();
    await pages.close();
    await api.close();
    vi.unstubAllEnvs();
  });

  it("reaches the API", async () => {
    const page = await openPage();
    expect(await ensure(page)).toBe("created");
    expect(await ensure(page)).toBe("unchanged");
    expect(sandbox.subscriptions).toHaveLength(1);
    const code = await page.evaluate(async () => {
      const { client } = (globalThis as unknown as PageGlobals).linqWebhooks.entries;
      const linq = client.createLinqClient({ baseUrl: `${location.origin}/linq` });
      await linq.webhookSubscriptions.delete(1);
      return linq.webhookSubscriptions
        .get(1)
        .catch((error: unknown) => error instanceof client.SubscriptionNotFoundError && error.code);
    });
    expect(code).toBe("not_found");
  });

  it("follows no redirect of the API", async () => {
    sandbox.inject({ kind: "redirect", status: 307, location: "elsewhere" });
    await expect(ensure(await openPage())).rejects.toThrow("UnexpectedRedirectError");
    expect(sandbox.requests).toHaveLength(1);
  });

  it("refuses other paths, and pages of other origins", async () => {
    const page = await openPage();
    const statusOf = (path: string): Promise<number> =>
      page.evaluate(async (to) => (await fetch(to)).status, path);
    expect(await statusOf("/linq/api/partner/v2/webhook_subscriptions")).toBe(200);
    for (const path of [
      "/linq/api/partner/v2/chats",
      "/linq/api/partner/v2/webhook_subscriptions/1/../../chats",
    ]) {
      expect(await statusOf(path)).toBe(404);
    }
    const foreign = new Request(`${pages.url}linq/api/partner/v2/webhook_subscriptions`, {
      headers: { "sec-fetch-site": "cross-site" },
    });
    expect((await proxy(foreign)).status).toBe(403);
    expect(sandbox.requests).toHaveLength(1);
  });

  it("sends one POST when two tabs call `ensure` at once", async () => {
    sandbox.inject({ kind: "latency", ms: 1 });
    const [first, second] = [await openPage(), await openPage()];
    const outcomes = [ensure(first), ensure(second)];
    // One tab waits for its list, and the other one for the lock.
    await first.waitForFunction(async () => {
      const { held = [], pending = [] } = await navigator.locks.query();
      return held.length === 1 && pending.length === 1;
    });
    letGo();
    expect((await Promise.all(outcomes)).sort()).toEqual(["created", "unchanged"]);
    expect(sandbox.requests.filter(({ method }) => method === "POST")).toHaveLength(1);
    expect(sandbox.subscriptions).toHaveLength(1);
  });

  async function openPage(): Promise<Page> {
    const page = await context.newPage();
    await page.goto(pages.url);
    return page;
  }
});

/** Calls `ensure` in a page, through the proxy on its own origin. */
function ensure(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const { client } = (globalThis as unknown as PageGlobals).linqWebhooks.entries;
    const linq = client.createLinqClient({ baseUrl: `${location.origin}/linq` });
    const { outcome } = await linq.webhookSubscriptions.ensure({
      webhook_url: "https://example.com/hook",
      events: ["message.received"],
    });
    return outcome;
  });
}

/** Loads the program under "Browsers", word for word. */
async function loadProxy(file: string): Promise<(request: Request) => Promise<Response>> {
  const program = readPrograms().find(({ heading }) => heading === "Browsers");
  await writeFile(file, program?.code ?? "");
  const loaded: unknown = await import(/* @vite-ignore */ pathToFileURL(file).href);
  return (loaded as { proxy: (request: Request) => Promise<Response> }).proxy; // It exports that.
}
