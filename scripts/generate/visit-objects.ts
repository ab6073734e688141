import { isObject, pointerStep, type Json, type JsonObject } from "./json.js";

/** Members of an object of OpenAPI that hold somebody's data, which may look like anything. */
const DATA = new Set(["const", "default", "enum", "example", "value"]);

/** Members that hold objects under names which the author of the document has chosen. */
export const NAMED = new Set([
  ...["$defs", "callbacks", "content", "definitions", "dependentSchemas", "encoding", "examples"],
  ...["headers", "links", "mapping", "parameters", "pathItems", "paths", "patternProperties"],
  ...["properties", "requestBodies", "responses", "schemas", "scopes", "securitySchemes"],
  ...["variables", "webhooks"],
]);

/** Whether a member holds data: a property of that name is none, an extension always is. */
function isData(name: string, value: Json): boolean {
  return DATA.has(name) || name.startsWith("x-") || (name === "examples" && Array.isArray(value));
}

/**
 * Visits every object of an OpenAPI document that the specification gives a meaning, with its JSON
 * pointer. Examples, defaults and extensions are left alone.
 */
export function visitObjects(
  document: Json,
  visit: (object: JsonObject, pointer: string) => void,
): void {
  walk(document, "", false);

  function walk(value: Json, pointer: string, isNamed: boolean): void {
    if (Array.isArray(value)) {
      for (const [index, entry] of value.entries()) {
        walk(entry, pointer + pointerStep(index), false);
      }
    } else if (isObject(value)) {
      visit(value, pointer);
      for (const [name, member] of Object.entries(value)) {
        if (!isNamed && isData(name, member)) continue;
        const holdsNamed = !isNamed && NAMED.has(name) && isObject(member);
        walk(member, pointer + pointerStep(name), holdsNamed);
      }
    }
  }
}
