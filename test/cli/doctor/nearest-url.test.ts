import { expect, it } from "vitest";
import { nearestUrl } from "../../../src/cli/doctor/nearest-url.js";

const KNOWN = [
  "https://example.com/hooks/linq",
  "https://example.com/hooks/other?team=blue",
  "https://hooks.example.org:8443/v2/in",
  "not a URL",
];

it.each([
  ["another path", "https://example.com/hook/linq", 0],
  ["the same path over http:", "http://example.com/hooks/linq", 0],
  ["a query that is missing", "https://example.com/hooks/other", 1],
  ["a typo in the host", "https://hoks.example.org:8443/v2/in", 2],
  ["another port", "https://hooks.example.org/v2/in", 2],
  ["a long path", `https://example.com/hooks/linq${"x".repeat(500)}`, 0],
  ["a URL that is similar to none", "https://somewhere.else.example/", undefined],
  ["a text that is not a URL", "hooks/linq", undefined],
])("finds the nearest URL for %s", (_name, given, index) => {
  expect(nearestUrl(given, KNOWN)).toBe(index === undefined ? undefined : KNOWN[index]);
});
