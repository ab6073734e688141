import { readdirSync, readFileSync } from "node:fs";
import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";
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

/** What a test does with modules that would stay so for the files after it in the same process. */
const CHANGES_MODULES = /\bvi\.(?:mock|doMock|resetModules)\(/;

const files = FOLDERS.flatMap((folder) =>
  readdirSync(`test/${folder}`, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".test.ts") && !THOROUGH.includes(`${folder}/${name}`))
    .map((name) => ({ name: `test/${folder}/${name}`, code: read(`test/${folder}/${name}`) }))
    .filter(({ code }) => !REACHES_OUT.test(code)),
);

const changing = files.filter(({ code }) => CHANGES_MODULES.test(code));
const others = files.filter((file) => !changing.includes(file));

export default defineConfig({
  test: {
    projects: [
      // A process loads each module once, not once for each file: less than half of the work.
      project({ name: "shared", include: others.map(({ name }) => name), isolate: false }),
      project({ name: "alone", include: changing.map(({ name }) => name) }),
    ],
    maxWorkers: "100%",
  },
});

function project(test: TestProjectInlineConfiguration["test"]): TestProjectInlineConfiguration {
  return { ...config, test: { ...config.test, typecheck: { enabled: false }, ...test } };
}

function read(file: string): string {
  return readFileSync(file, "utf8");
}
