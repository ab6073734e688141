import { expect, test } from "vitest";
import { checkRefs } from "../../../scripts/generate/merge/check-refs.js";
import type { JsonObject } from "../../../scripts/generate/json.js";
import { createProblems } from "../../../scripts/generate/problems.js";
import { body, components, operation, PET, petDocument, ref } from "../pages.js";

function check(document: JsonObject): void {
  const problems = createProblems();
  checkRefs(document, problems);
  problems.throwIfAny();
}

const taking = (schema: JsonObject, schemas: JsonObject = { Pet: PET }): JsonObject =>
  petDocument({
    components: components(schemas),
    paths: { "/pets": { post: operation("addPet", { requestBody: body(schema) }) } },
  });

test.each([
  ["a component", ref("Pet")],
  ["a part of one", { $ref: "#/components/schemas/Pet/properties/name" }],
  [
    "a part of a path",
    { $ref: "#/paths/~1pets/post/responses/200/content/application~1json/schema" },
  ],
  ["nothing, in an example", { type: "object", example: ref("Nobody") }],
  ["nothing, in one of several examples", { type: "object", examples: [ref("Nobody")] }],
  ["nothing, in a default", { type: "object", default: ref("Nobody") }],
  ["nothing, in an extension", { type: "object", "x-origin": ref("Nobody") }],
])("a $ref may lead to %s", (_, schema) => {
  expect(() => {
    check(taking(schema));
  }).not.toThrow();
});

test.each([
  ["nowhere", ref("Dog"), 'the $ref "#/components/schemas/Dog" has no target: '],
  ["a prototype", ref("toString"), 'the $ref "#/components/schemas/toString" has no target: '],
  ["another file", { $ref: "pets.yaml#/Pet" }, 'the $ref "pets.yaml#/Pet" has no target: '],
])("a $ref may not lead to %s", (_, schema, message) => {
  expect(() => {
    check(taking(schema));
  }).toThrow(`/paths/~1pets/post/requestBody/content/application~1json/schema: ${message}`);
});

test.each(["example", "default", "const", "x-owner"])(
  "a property may be named %s, and its $ref is checked like any other",
  (name) => {
    expect(() => {
      check(taking({ type: "object", properties: { [name]: ref("Nobody") } }));
    }).toThrow(
      `/schema/properties/${name}: the $ref "#/components/schemas/Nobody" has no target: `,
    );
  },
);

test("a discriminator must not map to a missing schema", () => {
  const mapping = { dog: "#/components/schemas/Dog", pet: "#/components/schemas/Pet", name: "Pet" };
  const schema = { oneOf: [ref("Pet")], discriminator: { propertyName: "kind", mapping } };
  expect(() => {
    check(taking(schema));
  }).toThrow(
    '/schema/discriminator/mapping/dog: the $ref "#/components/schemas/Dog" has no target: ',
  );
});

test("all $refs without a target are named at once", () => {
  expect(() => {
    check(taking({ oneOf: [ref("A"), ref("B")] }));
  }).toThrow(/schemas\/A" has no target[^]*schemas\/B" has no target/);
});

test("a $ref must not only lead back to itself", () => {
  expect(() => {
    check(taking(ref("A"), { A: ref("B"), B: ref("A") }));
  }).toThrow('/components/schemas/A: the $ref "#/components/schemas/B" only refers to itself.');
});
