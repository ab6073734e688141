import type { Entries } from "../entries.js";
import type { runSuite } from "../suite.js";

/** The globals of our own pages for `page.evaluate`. */
export interface PageGlobals {
  readonly linqWebhooks: {
    readonly entries: Entries;
    readonly runSuite: typeof runSuite;
  };
}
