import { isObject, stringAt, valueAt, type Json, type JsonObject } from "./json.js";
import type { Operation } from "./list-operations.js";
import { resolveRef } from "./resolve-ref.js";

/** The parameters of an operation: its own, and those of its path that it does not override. */
export function parametersOf(document: JsonObject, operation: Operation): JsonObject[] {
  const parameters = new Map<string, JsonObject>();
  for (const { parameters: stated } of [operation.item, operation.definition]) {
    for (const entry of Array.isArray(stated) ? stated : []) {
      const parameter = resolveRef(document, entry);
      if (!isObject(parameter)) continue;
      const key = [stringAt(parameter, "in"), stringAt(parameter, "name")].join(".");
      parameters.set(key, parameter);
    }
  }
  return [...parameters.values()];
}

/** The schema of the JSON in a `content` map, whatever suffix or charset its media type has. */
export function jsonContent(content: JsonObject): Json | undefined {
  const media = Object.entries(content).find(([type]) => isJsonType(type));
  return media && valueAt(media[1], "schema");
}

export function isJsonType(type: string): boolean {
  return /^application\/(?:[^;]*\+)?json\s*(?:;|$)/i.test(type);
}
