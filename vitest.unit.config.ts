import { readdirSync, readFileSync } from "node:fs";
import { defineConfig } from "vitest/config";
import config from "./vitest.config.js";

/** The folders of tests that call functions and check their results. */
const FOLDERS = [
  ...["checks", "errors", "http", "receiver", "sandbox", "subscriptions", "sync"],
  ...["cli/completion", "cli/config", "cli/input", "cli/output"],
  ...["generate/emit", "generate/merge", "generate/report"],
];

/** The imports of tests that start a server, process or browser, or read the whole repository. */
const REACHES_OUT =
  /from "(?:node:(?:child_process|http|https|net|tls)|[^"]*(?:judged|judge\/[^"]*|process-factory|raw-server|start-receiver|database-server|find-program|pages|project|vendor-project))\.?(?:js)?"/;

/** Slow tests of many interleavings or documents, which only `npm test` runs. */
const THOROUGH = [
  "subscriptions/converge.test.ts",
  "subscriptions/properties.test.ts",
  "subscriptions/remove-duplicates.test.ts",
  "subscriptions/writers.test.ts",
  "generate/report/compare-documents.test.ts",
  "generate/report/equal-documents.test.ts",
];

const files = FOLDERS.flatMap((folder) =>
  readdirSync(`test/${folder}`, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".test.ts") && !THOROUGH.includes(`${folder}/${name}`))
    .map((name) => `test/${folder}/${name}`)
    .filter((file) => !REACHES_OUT.test(readFileSync(file, "utf8"))),
);

export default defineConfig({
  ...config,
  test: { ...config.test, include: files, typecheck: { enabled: false } },
});
