import { expect, it } from "vitest";
import { ago } from "../../../src/cli/output/ago.js";

const NOW = Date.parse("2025-06-01T12:00:00Z");

it.each([
  ["2025-06-01T12:00:00Z", "just now"],
  ["2025-06-01T11:59:01Z", "just now"],
  ["2025-06-01T11:59:00Z", "1 min ago"],
  ["2025-06-01T11:57:00Z", "3 min ago"],
  ["2025-06-01T11:00:01Z", "59 min ago"],
  ["2025-06-01T11:00:00Z", "1 h ago"],
  ["2025-05-31T12:00:01Z", "23 h ago"],
  ["2025-05-31T12:00:00Z", "1 d ago"],
  ["2024-06-01T12:00:00Z", "365 d ago"],
  // The clock of the server is ahead.
  ["2025-06-01T12:05:00Z", "just now"],
  ["some time", "some time"],
  [null, "never"],
  [undefined, "never"],
  // Values that are not times, but that a list may contain.
  [7, "7"],
  [{ toString: 1 }, '{"toString":1}'],
  [true, "true"],
])("describes %s as %s", (time, expected) => {
  expect(ago(time, NOW)).toBe(expected);
});
