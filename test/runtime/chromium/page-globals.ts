import type { Entries } from "../entries.js";
import type { runSuite } from "../suite.js";

/** What a page of ours holds for `page.evaluate`. */
export interface PageGlobals {
  readonly linqWebhooks: {
    readonly entries: Entries;
    readonly runSuite: typeof runSuite;
  };
}
