import { expect, test } from "vitest";
import { readMode } from "../../scripts/generate/read-mode.js";

test.each([
  [[], "write"],
  [["--check"], "check"],
  [["--watch"], "watch"],
  [["--help"], "help"],
  [["--watch", "--help"], "help"],
])("%j means %s", (flags, mode) => {
  expect(readMode(flags)).toBe(mode);
});

test.each([
  [["--wach"], "Unknown option '--wach'"],
  [["spec"], "Unexpected argument 'spec'"],
  [["--check=yes"], "--check"],
  [["--check", "--watch"], "--check and --watch exclude each other: give one of them."],
])("%j is refused", (flags, message) => {
  expect(() => readMode(flags)).toThrow(message);
});
