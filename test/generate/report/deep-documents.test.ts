import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../scripts/generate/json.js";
import { compareDocuments } from "../../../scripts/generate/report/compare-documents.js";
import { showChange } from "../../../scripts/generate/report/show-changes.js";
import { body, components, operation, petDocument, ref } from "../pages.js";

const NUMBERS = Array.from({ length: 60 }, (_, index) => index);

/** Schemas that all lead to one another: there are more ways through them than a walk could take. */
function tangle(type: string, among = (index: number): JsonObject => ref(`S${index}`)): JsonObject {
  const properties = Object.fromEntries(NUMBERS.map((index) => [`to${index}`, among(index)]));
  const schemas = NUMBERS.map((index): [string, JsonObject] => [
    `S${index}`,
    { type: "object", properties: index === 59 ? { ...properties, end: { type } } : properties },
  ]);
  return components(Object.fromEntries(schemas));
}

/** An API of 300 operations, each of which sends and gets one of the schemas. */
function largeApi(version: string, schemas: JsonObject): JsonObject {
  const paths = Array.from({ length: 300 }, (_, index): [string, JsonObject] => {
    const schema = ref(`S${index % NUMBERS.length}`);
    const post = {
      ...operation("", { schema, requestBody: body(schema) }),
      summary: `Add ${index}`,
    };
    Reflect.deleteProperty(post, "operationId");
    return [`/${version}/things${index}/{id}`, { post }];
  });
  return petDocument({ components: schemas, paths: Object.fromEntries(paths) });
}

describe("a large document in which all schemas lead to one another", () => {
  test("is compared, and what changed at its end is found in all operations", () => {
    const changes = compareDocuments(
      largeApi("v2", tangle("string")),
      largeApi("v2", tangle("integer")),
    );
    expect(changes.map(({ rule, subject, places }) => [rule, subject, places.length])).toEqual([
      ["request-property-type-changed", "S59.end", 300],
      ["response-property-type-changed", "S59.end", 300],
    ]);
  });

  test("is compared if every path has another name", () => {
    const schemas = tangle("string");
    const changes = compareDocuments(largeApi("v2", schemas), largeApi("v3", schemas));
    expect(new Set(changes.map(({ rule }) => rule))).toEqual(new Set(["api-path-renamed"]));
    expect(changes).toHaveLength(300);
  });

  test("is compared if the schemas are alternatives to one another", () => {
    const among = (index: number): JsonObject => ({
      oneOf: [ref(`S${index}`), ref(`S${(index + 1) % 60}`), { type: "string" }],
    });
    const changes = compareDocuments(
      largeApi("v2", tangle("string", among)),
      largeApi("v2", tangle("integer", among)),
    );
    expect(changes.map(({ subject }) => subject)).toEqual(["S59.end", "S59.end"]);
  });

  test("is compared if each schema includes the next one twice", () => {
    const doubled = (type: string): JsonObject => {
      const schemas = NUMBERS.map((index): [string, JsonObject] => [
        `S${index}`,
        index === 59
          ? { type: "object", properties: { end: { type } } }
          : { allOf: [ref(`S${index + 1}`), { allOf: [ref(`S${index + 1}`)] }] },
      ]);
      return components(Object.fromEntries(schemas));
    };
    const changes = compareDocuments(
      largeApi("v2", doubled("string")),
      largeApi("v2", doubled("integer")),
    );
    expect(changes.map(({ subject, places }) => [subject, places.length])).toEqual([
      ["S59.end", 300],
      ["S59.end", 300],
    ]);
  });
});

test("a schema that is nested five hundred times is compared to its end", () => {
  const nested = (type: string): JsonObject => {
    const deep = Array.from({ length: 500 });
    return deep.reduce<JsonObject>((inner) => ({ type: "array", items: inner }), { type });
  };
  const api = (type: string): JsonObject =>
    petDocument({ paths: { "/pets": { get: operation("listPets", { schema: nested(type) }) } } });
  const changes = compareDocuments(api("string"), api("integer"));
  expect(changes.map(showChange)).toEqual([
    `breaking    changed  body${"[]".repeat(500)}: was string, is now integer  (listPets 200)`,
  ]);
});

test.each([
  ["itself", { $ref: "#/components/schemas/Pet" }],
  ["itself among its parts", { allOf: [{ $ref: "#/components/schemas/Pet" }] }],
  ["itself among its alternatives", { oneOf: [{ $ref: "#/components/schemas/Pet" }] }],
])("the comparison of a schema that refers to %s ends", (_, schema) => {
  const api = petDocument({
    components: components({ Pet: schema }),
    paths: { "/pets": { get: operation("listPets", { schema: ref("Pet") }) } },
  });
  expect(compareDocuments(api, structuredClone(api))).toEqual([]);
});
