import { expect, test } from "vitest";
import type { Change } from "../../../scripts/generate/report/change.js";
import { changesToJson } from "../../../scripts/generate/report/changes-to-json.js";
import { showChanges } from "../../../scripts/generate/report/show-changes.js";

function change(more: Partial<Change>): Change {
  return {
    ...{ rule: "request-property-type-changed", level: "breaking", verb: "changed" },
    ...{ subject: "Pet.name", detail: "was string, is now integer", places: ["addPet"] },
    ...more,
  };
}

const BASE = "the last commit";
const OPTIONAL = change({
  rule: "new-optional-request-property",
  level: "compatible",
  verb: "added",
  subject: "Pet.age",
  detail: "",
});
const DEPRECATED = change({ rule: "endpoint-deprecated", level: "note", detail: "now deprecated" });

test("lists breaking changes first, and counts", () => {
  expect(showChanges([DEPRECATED, OPTIONAL, change({})], BASE)).toEqual([
    "Changes in the API since the last commit:",
    "breaking    changed  Pet.name: was string, is now integer  (addPet)",
    "compatible  added    Pet.age  (addPet)",
    "note        changed  Pet.name: now deprecated  (addPet)",
    "1 breaking, 1 compatible, 1 note.",
  ]);
});

test("reports once what affects callers and readers alike, with the first three places", () => {
  const read = change({ rule: "response-property-type-changed", places: ["a", "b", "c"] });
  expect(showChanges([change({}), read], BASE)).toEqual([
    "Changes in the API since the last commit:",
    "breaking    changed  Pet.name: was string, is now integer  (a, addPet, b and 1 more)",
    "1 breaking, 0 compatible.",
  ]);
});

test("counts notes, and says so if nothing has changed", () => {
  expect(showChanges([DEPRECATED, { ...DEPRECATED, subject: "Pet.age" }], BASE).at(-1)).toBe(
    "0 breaking, 0 compatible, 2 notes.",
  );
  expect(showChanges([], BASE)).toEqual(["No change in the API since the last commit."]);
});

test("writes changes as JSON with their rules and all their places", () => {
  expect(changesToJson([change({ places: ["a", "b", "c", "d"] }), OPTIONAL, DEPRECATED])).toEqual({
    version: 1,
    breaking: 1,
    compatible: 1,
    notes: 1,
    changes: [change({ places: ["a", "b", "c", "d"] }), OPTIONAL, DEPRECATED],
  });
});
