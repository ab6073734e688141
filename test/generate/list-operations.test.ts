import { expect, test } from "vitest";
import { buildApi } from "../../scripts/generate/build-api.js";
import { operation, page, petDocument } from "./pages.js";

test.each([
  ["operationId", { "/a": { get: operation("same") }, "/b": { get: operation("same") } }],
  ["URL", { "/a/{id}": { get: operation("one") }, "/a/{name}": { get: operation("two") } }],
])("every operation must have an own %s", (what, paths) => {
  const pages = [{ name: "spec/a.md", text: page(petDocument({ paths })) }];
  expect(() => buildApi({ pages })).toThrow(`have the same ${what}`);
});
