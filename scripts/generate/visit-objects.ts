import { isObject, pointerStep, type Json, type JsonObject } from "./json.js";

/** Members of an OpenAPI object that hold arbitrary data. */
const DATA = new Set(["const", "default", "enum", "example", "value"]);

/** Members that hold objects under names that the author of the document chose. */
export const NAMED = new Set([
  ...["$defs", "callbacks", "content", "definitions", "dependentSchemas", "encoding", "examples"],
  ...["headers", "links", "mapping", "parameters", "pathItems", "paths", "patternProperties"],
  ...["properties", "requestBodies", "responses", "schemas", "scopes", "securitySchemes"],
  ...["variables", "webhooks"],
]);

/** Whether a member holds data, as every extension does. */
function isData(name: string, value: Json): boolean {
  return DATA.has(name) || name.startsWith("x-") || (name === "examples" && Array.isArray(value));
}

/**
 * Visits every object of an OpenAPI document that the specification defines, with its JSON pointer.
 * Skips examples, defaults and extensions.
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
