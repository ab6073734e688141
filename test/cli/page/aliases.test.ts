import { expect, it } from "vitest";
import { createRedact } from "../../../src/checks/redact.js";
import { createAliases } from "../../../src/cli/page/aliases.js";

const URLS = [
  "https://example.com/hook?key=one",
  "https://example.com/hook?key=two",
  "https://example.com/hook?key=***",
  "https://example.com/hook?key=***2",
  "https://user:pass@example.com/hook",
  "https://example.com/a-secret-value",
  "https://example.com/plain",
];

it("gives each URL its own alias, and finds the URL of each alias", () => {
  const { hide, reveal } = createAliases(createRedact(["a-secret-value"]));
  const shown = URLS.map(hide);
  expect(new Set(shown).size).toBe(URLS.length);
  expect(shown.map(reveal)).toEqual(URLS);
  expect(URLS.map(hide)).toEqual(shown);
  expect(shown.join()).not.toMatch(/one|two|pass|a-secret-value/);
  expect(shown.at(-1)).toBe(URLS.at(-1));
});

it("finds no URL for an alias that it has never shown", () => {
  const { reveal } = createAliases(createRedact([]));
  expect(reveal("https://example.com/hook?key=***")).toBeUndefined();
  expect(reveal("https://example.com/plain")).toBe("https://example.com/plain");
});
