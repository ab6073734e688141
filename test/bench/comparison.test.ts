import { describe, expect, test } from "vitest";
import { formatComparisons, hasGrown, readArguments } from "../../scripts/bench/comparison.js";

describe("the arguments", () => {
  test("have defaults, except for the base", () => {
    expect(readArguments(["--base", "main"])).toEqual({ base: "main", fail: false, rounds: 15 });
  });

  test("are all accepted", () => {
    expect(readArguments(["--base=v1.0.0", "--fail", "--rounds", "3"])).toEqual({
      base: "v1.0.0",
      fail: true,
      rounds: 3,
    });
  });

  test.each([
    ["no base", [], "--base must be a commit, branch or tag"],
    ["an empty base", ["--base="], "--base must be a commit, branch or tag"],
    ["an option of git as the base", ["--base=--force"], "--base must be a commit, branch or tag"],
    ["no round", ["--base=main", "--rounds=0"], "--rounds must be an integer from 1 to 999"],
    ["half a round", ["--base=main", "--rounds=0.5"], "but is 0.5"],
    ["an unknown option", ["--base=main", "--quiet"], "--quiet"],
    ["a stray word", ["main"], "main"],
  ])("are refused with %s", (_what, args, message) => {
    expect(() => readArguments(args)).toThrow(message);
  });
});

test.each([
  [0.5, false],
  [1, false],
  [1.1, false],
  [1.101, true],
  [2, true],
  [NaN, false],
])("for a ratio of %d, hasGrown returns %s", (ratio, expected) => {
  expect(hasGrown({ ratio })).toBe(expected);
});

test("the table marks only the rows that have grown", () => {
  const table = formatComparisons([
    { name: "list of 3", unit: "µs", base: 100, now: 90, ratio: 0.9 },
    { name: "size of index", unit: "kB", base: 20, now: 25, ratio: 1.25 },
  ]);
  expect(table.split("\n")).toEqual([
    "|  | base | now | ratio |",
    "| --- | --- | --- | --- |",
    "| list of 3 | 100.0 µs | 90.0 µs | 0.90 |",
    "| size of index | 20.0 kB | 25.0 kB | **1.25 ⚠ grown** |",
  ]);
});
