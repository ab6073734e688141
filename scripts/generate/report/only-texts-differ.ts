import { findDifference } from "../merge/find-difference.js";
import { isObject, type Json, type JsonObject } from "../json.js";

/** Whether two documents differ, and only in what is written for people. */
export function onlyTextsDiffer(before: JsonObject, after: JsonObject): boolean {
  const differ = findDifference(before, after) !== undefined;
  return differ && findDifference(withoutTexts(before), withoutTexts(after)) === undefined;
}

const TEXTS = new Set([
  ...["info", "tags", "summary", "description", "title", "example", "examples", "externalDocs"],
  "bearerFormat",
]);

/** Members whose own members are named by the author of the document, so that none is a text. */
const NAMES = new Set([
  ...["properties", "patternProperties", "dependentSchemas", "$defs", "definitions"],
  ...["paths", "webhooks", "callbacks", "responses", "headers", "content", "encoding"],
  ...["schemas", "parameters", "requestBodies", "securitySchemes", "pathItems", "links"],
  ...["variables", "mapping", "security"],
]);

/** Members that hold values of the API, in which nothing is a text. */
const VALUES = new Set(["default", "enum", "const"]);

function withoutTexts(value: Json, areNames = false): Json {
  if (Array.isArray(value)) return value.map((entry) => withoutTexts(entry));
  if (!isObject(value)) return value;
  const members = Object.entries(value).filter(([name]) => areNames || !TEXTS.has(name));
  return Object.fromEntries(
    members.map(([name, member]) => {
      if (!areNames && VALUES.has(name)) return [name, member];
      return [name, withoutTexts(member, !areNames && NAMES.has(name))];
    }),
  );
}
