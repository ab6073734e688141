import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Browser, BrowserContext, Page } from "playwright-core";
import type { PageState } from "../../src/cli/page/protocol.js";
import { launchChromium } from "../runtime/chromium/launch-chromium.js";
import { packPackage } from "../support/pack-package.js";
import { type FakeServer, startFakeServer } from "./fake-server.js";

/** A browser with the page of the packed package. */
export interface PageWorld {
  /** Where the files of the page are. */
  readonly folder: string;
  /** Opens the page on a server of its own. */
  readonly open: (how?: HowToOpen) => Promise<OpenPage>;
  /** Opens an address in a window of its own. */
  readonly visit: (url: string, how?: HowToOpen) => Promise<Visit>;
  /** Closes all windows. Each one that stays open makes the browser slower. */
  readonly closeWindows: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface HowToOpen {
  /** The fragment of the address. */
  readonly hash?: string;
  readonly state?: Partial<PageState>;
  readonly width?: number;
}

interface Visit {
  readonly page: Page;
  /** What went wrong in the page, such as what its policy has forbidden. */
  readonly errors: string[];
  /** The origins that were asked for anything. */
  readonly origins: Set<string>;
}

export interface OpenPage extends Visit {
  readonly server: FakeServer;
}

const runFile = promisify(execFile);

/** What the browser logs about responses other than 2xx, which tests cause on purpose. */
const REFUSED = "Failed to load resource";

export async function createPageWorld(): Promise<PageWorld> {
  const folder = await mkdtemp(join(tmpdir(), "linq-webhooks-page-"));
  const page = ["--strip-components=3", "package/dist/page"];
  await runFile("tar", ["-xzf", await packPackage(), "-C", folder, ...page]);
  const browser = await launchChromium();
  const closers: (() => Promise<void>)[] = [];
  const visit: PageWorld["visit"] = (url, how) => openWindow(browser, url, how);
  return {
    folder,
    visit,
    open: async (how = {}) => {
      const server = await startFakeServer(folder, how.state);
      closers.push(server.close);
      const opened = await visit(server.url + (how.hash ?? ""), how);
      await opened.page.getByText("Live", { exact: true }).waitFor();
      return { ...opened, server };
    },
    closeWindows: async () => {
      const pages = browser.contexts().flatMap((context) => context.pages());
      await Promise.all(pages.map((page) => page.close()));
    },
    close: async () => {
      await browser.close();
      for (const close of closers) await close();
      await rm(folder, { recursive: true });
    },
  };
}

function openContext(browser: Browser): Promise<BrowserContext> {
  return browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] });
}

async function openWindow(
  browser: Browser,
  url: string,
  { width = 1280 }: HowToOpen = {},
): Promise<Visit> {
  const [context = await openContext(browser)] = browser.contexts();
  const page = await context.newPage();
  await page.setViewportSize({ width, height: 800 });
  page.setDefaultTimeout(60_000);
  const errors: string[] = [];
  const origins = new Set<string>();
  page.on("pageerror", ({ message }) => errors.push(message));
  page.on("dialog", (dialog) => {
    errors.push(`a dialog of the browser: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().startsWith(REFUSED))
      errors.push(message.text());
  });
  page.on("request", (request) => origins.add(new URL(request.url()).origin));
  await page.goto(url);
  return { page, errors, origins };
}
