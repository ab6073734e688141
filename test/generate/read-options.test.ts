import { expect, test } from "vitest";
import { readOptions } from "../../scripts/generate/read-options.js";

test.each([
  [[], { mode: "write", json: false, failOnBreaking: false }],
  [["--check"], { mode: "check" }],
  [["--watch"], { mode: "watch" }],
  [["--help"], { mode: "help" }],
  [["--watch", "--help"], { mode: "help" }],
  [["--from", "page.md"], { mode: "write", from: "page.md" }],
  [["--base=old.json", "--json"], { base: "old.json", json: true }],
  [["--check", "--fail-on-breaking"], { mode: "check", failOnBreaking: true }],
])("%j means %j", (args, options) => {
  expect(readOptions(args)).toMatchObject(options);
});

test.each([
  [["--wach"], "Unknown option '--wach'"],
  [["spec"], "Unexpected argument 'spec'"],
  [["--check=yes"], "--check"],
  [["--from"], "--from"],
  [["--check", "--watch"], "--check and --watch cannot be combined: give one of them."],
  [["--check", "--from", "a.md"], "--check and --from cannot be combined: give one of them."],
  [["--watch", "--json"], "--watch and --json cannot be combined: give one of them."],
])("%j is refused", (args, message) => {
  expect(() => readOptions(args)).toThrow(message);
});
