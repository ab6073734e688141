import { readdirSync, readFileSync } from "node:fs";
import { defineConfig } from "vitest/config";
import config from "./vitest.config.js";

/** The folders of tests that call functions and look at what they give. */
const FOLDERS = [
  ...["checks", "errors", "http", "receiver", "sandbox", "subscriptions", "sync"],
  ...["cli/completion", "cli/config", "cli/input", "cli/output"],
  ...["generate/emit", "generate/merge", "generate/report"],
];

/** What a test imports that starts a server, a process or a browser, or reads the whole repository. */
const REACHES_OUT =
  /from "(?:node:(?:child_process|http|https|net|tls)|[^"]*(?:judged|judge\/[^"]*|process-factory|raw-server|start-receiver|database-server|find-program|pages|project|vendor-project))\.?(?:js)?"/;

/** Tests of many interleavings and many documents, which take their time: `npm test` runs them. */
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
