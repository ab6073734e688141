import type { Runtime } from "../runtime.js";
import { launchChromium } from "./launch-chromium.js";
import { runSuiteInPage } from "./run-suite-in-page.js";
import { servePage } from "./serve-page.js";

/** Any installed Chromium; the page and the API have different origins. */
export const chromium: Runtime = {
  name: "Chromium",
  version: undefined,
  run: async (project, server) => {
    const browser = await launchChromium();
    const { url, close } = await servePage(project);
    try {
      const page = await browser.newPage();
      await page.goto(url);
      const results = await runSuiteInPage(page, server);
      return { version: browser.version(), results, bareResults: undefined };
    } finally {
      await browser.close();
      await close();
    }
  },
};
