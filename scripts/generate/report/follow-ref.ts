import { GenerateError } from "../generate-error.js";
import { isObject, type Json, type JsonObject } from "../json.js";
import { resolveRef } from "../resolve-ref.js";

/** The value, or the target of its `$ref`; `undefined` if the target does not exist. */
export function followRef(document: JsonObject, value: Json | undefined): Json | undefined {
  try {
    return resolveRef(document, value);
  } catch (error) {
    // The overlay, which is applied later, may fix it; other changes are reported in any case.
    if (error instanceof GenerateError) return undefined;
    throw error;
  }
}

/** The object, or the target of its `$ref`; an empty object if there is none. */
export function followObject(document: JsonObject, value: Json | undefined): JsonObject {
  const found = followRef(document, value);
  return isObject(found) ? found : {};
}
