import { chromium } from "./chromium/chromium.js";
import { bun, deno, node } from "./command-line-runtime.js";
import type { Runtime } from "./runtime.js";
import { workerd } from "./workerd.js";

/** Where the package is promised to run. */
export const RUNTIMES: readonly Runtime[] = [
  node(20),
  node(22),
  node(24),
  node(26),
  deno,
  bun,
  workerd,
  chromium,
];
