import { GenerateError } from "../generate-error.js";
import { isObject, type Json, type JsonObject } from "../json.js";
import { resolveRef } from "../resolve-ref.js";

/** What a value or its `$ref` stands for; `undefined` where the `$ref` leads nowhere. */
export function followRef(document: JsonObject, value: Json | undefined): Json | undefined {
  try {
    return resolveRef(document, value);
  } catch (error) {
    // An overlay may mend it later; until then it is no reason to keep the other changes back.
    if (error instanceof GenerateError) return undefined;
    throw error;
  }
}

/** The object that a value or its `$ref` stands for; an empty one where there is none. */
export function followObject(document: JsonObject, value: Json | undefined): JsonObject {
  const found = followRef(document, value);
  return isObject(found) ? found : {};
}
