import { describe, expect, test } from "vitest";
import { emitOperations } from "../../../scripts/generate/emit/emit-operations.js";
import { emitValidators } from "../../../scripts/generate/emit/emit-validators.js";
import type { JsonObject } from "../../../scripts/generate/json.js";
import { listNamedOperations } from "../../../scripts/generate/list-operations.js";
import { validationSchemas } from "../../../scripts/generate/emit/validation-schemas.js";
import { createProblems } from "../../../scripts/generate/problems.js";
import { body, operation, petDocument } from "../pages.js";

function emit(changes: JsonObject): string {
  const document = petDocument(changes);
  return emitOperations(
    document,
    validationSchemas(document, listNamedOperations(document, createProblems())),
  );
}

function emitPost(definition: JsonObject): string {
  return emit({ paths: { "/pets": { post: { ...operation("addPet"), ...definition } } } });
}

describe("a row of the table", () => {
  test.each<[string, JsonObject, string]>([
    ["the first success", { responses: { 404: {}, 202: {}, 204: {} } }, "status: 202"],
    ["200 if only a default is stated", { responses: { default: {} } }, "status: 200"],
    ["the key that the root requires", {}, 'tokenHeader: "X-KEY"'],
    ["no key if none is required", { security: [] }, "tokenHeader: null"],
    ["no key if it is optional", { security: [{ Key: [] }, {}] }, "tokenHeader: null"],
    ["a validator of a JSON body", { requestBody: body({}) }, "body: validate.addPetBody"],
    [
      "a validator of a body with a suffix and a charset",
      { requestBody: { content: { "application/vnd.pet+json; charset=utf-8": { schema: {} } } } },
      "body: validate.addPetBody",
    ],
    [
      "no validator of a body of another kind",
      { requestBody: { content: { "text/plain": { schema: {} } } } },
      "body: null",
    ],
    [
      "no validator of headers",
      { parameters: [{ name: "X-Trace", in: "header", schema: {} }] },
      "params: null",
    ],
  ])("has %s", (_, definition, expected) => {
    expect(emitPost(definition)).toContain(expected);
  });

  test("names validators by unique identifiers", () => {
    const requestBody = body({ type: "string" });
    const code = emit({
      paths: {
        "/a": {
          put: operation("put-pet", { requestBody }),
          post: operation("put_pet", { requestBody }),
        },
        "/b": { put: operation("2nd", { requestBody }) },
      },
    });
    expect(code).toMatch(/"put-pet": \{[^}]*validate\.put_petBody,/);
    expect(code).toMatch(/"put_pet": \{[^}]*validate\.put_pet_2Body,/);
    expect(code).toMatch(/"2nd": \{[^}]*validate\._2ndBody,/);
  });
});

describe("validators", () => {
  const compile = (schema: JsonObject): Promise<string> => {
    const paths = { "/pets": { post: operation("addPet", { requestBody: body(schema) }) } };
    const document = petDocument({ paths });
    return emitValidators(
      document,
      validationSchemas(document, listNamedOperations(document, createProblems())),
    );
  };

  test("that cannot be compiled are named", async () => {
    await expect(compile({ type: "strin" })).rejects.toThrow(
      "The validator addPetBody cannot be compiled",
    );
  });

  test("follow a $ref into any part of the document", async () => {
    const $ref = "#/paths/~1pets/post/responses/200/content/application~1json/schema";
    expect(await compile({ $ref })).toContain("addPetBody");
  });
});
