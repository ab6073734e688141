import { expect, test } from "vitest";
import { listNamedOperations } from "../../scripts/generate/list-operations.js";
import { createProblems } from "../../scripts/generate/problems.js";
import { operation, petDocument } from "./pages.js";

test.each([
  ["operationId", { "/a": { get: operation("same") }, "/b": { get: operation("same") } }],
  ["URL", { "/a/{id}": { get: operation("one") }, "/a/{name}": { get: operation("two") } }],
])("every operation must have its own %s", (what, paths) => {
  const problems = createProblems();
  listNamedOperations(petDocument({ paths }), problems);
  expect(() => {
    problems.throwIfAny();
  }).toThrow(`have the same ${what}`);
});
