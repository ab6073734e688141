import type { Page } from "playwright-core";
import type { Result } from "../suite.js";
import type { PageGlobals } from "./page-globals.js";

/** Runs the suite in one of our own pages, with the token in it. */
export async function runSuiteInPage(page: Page, server: string): Promise<Result[]> {
  return page.evaluate(
    ([url]) => {
      const { linqWebhooks } = globalThis as unknown as PageGlobals;
      const { entries, runSuite } = linqWebhooks;
      return runSuite(entries, { server: url, client: { dangerouslyAllowBrowser: true } });
    },
    [server] as const,
  );
}
