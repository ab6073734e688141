/** Fails if the page of `listen` and `sandbox --ui` is larger than its budget, gzipped. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { bundlePage, PAGE_FILES } from "./bundle-page.js";

/** In kB; the client takes 21 and Preact 5.6. */
const BUDGET = 40;

const folder = await mkdtemp(join(tmpdir(), "linq-webhooks-page-"));
try {
  await bundlePage(folder);
  let total = 0;
  for (const name of PAGE_FILES) {
    const size = gzipSync(await readFile(join(folder, name)), { level: 9 }).length / 1_000;
    console.log(`${name.padEnd(12)}${size.toFixed(1).padStart(5)} kB`);
    total += size;
  }
  console.log(
    `${"total".padEnd(12)}${total.toFixed(1).padStart(5)} kB  budget ${BUDGET.toFixed(1)}`,
  );
  if (total > BUDGET) throw new Error("The page is over its budget: find out what has grown.");
} finally {
  await rm(folder, { recursive: true });
}
