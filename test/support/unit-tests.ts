import { readdirSync, readFileSync } from "node:fs";

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

/**
 * The calls of a test that cannot share its process: they replace modules for all later files, or count
 * timers, among which those of an earlier file could be.
 */
const NEEDS_PROCESS = /\bvi\.(?:mock|doMock|resetModules|getTimerCount)\(/;

/** The paths of the unit tests: those that can share a process, and those that need one each. */
export interface UnitTests {
  readonly shared: readonly string[];
  readonly alone: readonly string[];
}

/** Finds the tests that start no server, process or browser. */
export function findUnitTests(): UnitTests {
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(`test/${folder}`, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".test.ts") && !THOROUGH.includes(`${folder}/${name}`))
      .map((name) => `test/${folder}/${name}`),
  )
    .map((path) => ({ path, code: readFileSync(path, "utf8") }))
    .filter(({ code }) => !REACHES_OUT.test(code));
  const alone = files.filter(({ code }) => NEEDS_PROCESS.test(code));
  const shared = files.filter((file) => !alone.includes(file));
  return { shared: shared.map(({ path }) => path), alone: alone.map(({ path }) => path) };
}
