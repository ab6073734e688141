import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../scripts/generate/json.js";
import { reportChanges } from "../../../scripts/generate/report/report-changes.js";
import { body, components, operation, PET, petDocument, ref } from "../pages.js";

/** The lines about changes between two versions of the little API. */
function report(before: JsonObject, after: JsonObject): string[] {
  return reportChanges(JSON.stringify(petDocument(before)), petDocument(after));
}

const answering = (schema: JsonObject): JsonObject => ({ components: components({ Pet: schema }) });
const taking = (schema: JsonObject): JsonObject => ({
  ...answering(schema),
  paths: { "/pets": { post: operation("addPet", { requestBody: body(ref("Pet")) }) } },
});
const pet = (name: JsonObject, required = ["id"]): JsonObject => ({
  ...PET,
  required,
  properties: { id: { type: "integer" }, name },
});

describe("a field of an answer", () => {
  const color = (...values: string[]): JsonObject => pet({ type: "string", enum: values });

  test.each<[string, JsonObject, JsonObject, string]>([
    ["added", { type: "object" }, pet({}, []), "compatible  added    Pet.name"],
    ["now optional", pet({}, ["name"]), pet({}, []), "breaking    changed  Pet.name: now optional"],
    ["now required", pet({}, []), pet({}, ["name"]), "compatible  changed  Pet.name: now required"],
    ["with a new value", color("a"), color("a", "b"), 'breaking    added    Pet.name: value "b"'],
    ["with a value less", color("a", "b"), color("a"), 'breaking    removed  Pet.name: value "b"'],
    [
      "now null at times",
      pet({ type: "string" }),
      pet({ type: "string", nullable: true }),
      "breaking    changed  Pet.name: was string, is now null or string",
    ],
    [
      "never null any more",
      pet({ type: ["string", "null"] }),
      pet({ type: "string" }),
      "compatible  changed  Pet.name: was null or string, is now string",
    ],
    [
      "with an alternative more",
      pet({ oneOf: [{ title: "A" }, { title: "B" }] }),
      pet({ oneOf: [{ title: "A" }, { title: "B" }, { title: "C" }] }),
      "breaking    added    Pet.name<C>",
    ],
    [
      "that changed deep inside",
      pet({ type: "array", items: { allOf: [{ properties: { at: { type: "string" } } }] } }),
      pet({ type: "array", items: { properties: { at: { type: "integer" } } } }),
      "breaking    changed  Pet.name[].at: was string, is now integer",
    ],
  ])("%s", (_, before, after, line) => {
    expect(report(answering(before), answering(after))).toContain(`${line}  (listPets 200)`);
  });
});

describe("a field of a request", () => {
  const color = (...values: string[]): JsonObject => pet({ type: "string", enum: values });

  test.each<[string, JsonObject, JsonObject, string]>([
    ["added", { type: "object" }, pet({}, []), "compatible  added    Pet.name: optional"],
    ["removed", pet({}), { type: "object" }, "breaking    removed  Pet.name"],
    ["now required", pet({}, []), pet({}, ["name"]), "breaking    changed  Pet.name: now required"],
    ["now optional", pet({}, ["name"]), pet({}, []), "compatible  changed  Pet.name: now optional"],
    ["with a new value", color("a"), color("a", "b"), 'compatible  added    Pet.name: value "b"'],
    ["with a value less", color("a", "b"), color("a"), 'breaking    removed  Pet.name: value "b"'],
    ["closed", pet({ type: "string" }), color("a"), 'breaking    changed  Pet.name: now only "a"'],
    [
      "that may be null",
      pet({ type: "string" }),
      pet({ type: "string", nullable: true }),
      "compatible  changed  Pet.name: was string, is now null or string",
    ],
    [
      "with a new limit",
      pet({ type: "string" }),
      pet({ type: "string", maxLength: 20 }),
      "breaking    changed  Pet.name: now maxLength 20",
    ],
  ])("%s", (_, before, after, line) => {
    expect(report(taking(before), taking(after))).toContain(`${line}  (addPet)`);
  });
});

describe("an operation", () => {
  const limit = (more: JsonObject): JsonObject => ({
    paths: {
      "/pets": {
        get: operation("listPets", {
          parameters: [{ name: "limit", in: "query", schema: { type: "integer" }, ...more }],
        }),
      },
    },
  });

  test.each<[string, JsonObject, JsonObject, string]>([
    ["added", { paths: {} }, {}, "compatible  added    GET /pets"],
    ["gone", {}, { paths: {} }, "breaking    removed  GET /pets"],
    [
      "without a token",
      {},
      { security: [] },
      "breaking    changed  security: was X-KEY, is now nothing  (listPets)",
    ],
    [
      "under another name",
      { paths: { "/pets": { get: operation("listPets") } } },
      { paths: { "/pets": { get: operation("allPets") } } },
      "breaking    changed  GET /pets: was listPets, is now allPets",
    ],
    [
      "without one of its answers",
      {},
      { paths: { "/pets": { get: { operationId: "listPets", responses: {} } } } },
      "breaking    removed  status 200  (listPets)",
    ],
    [
      "with a parameter that it must have",
      limit({}),
      limit({ required: true }),
      "breaking    changed  query parameter limit: now required  (listPets)",
    ],
    [
      "on another server",
      {},
      { servers: [{ url: "https://zoo.example" }] },
      "breaking    changed  server: was https://pets.example, is now https://zoo.example",
    ],
  ])("%s", (_, before, after, line) => {
    expect(report(before, after)).toContain(line);
  });
});
