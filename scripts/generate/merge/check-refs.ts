import type { JsonObject } from "../json.js";
import type { Problems } from "../problems.js";
import { resolveRef } from "../resolve-ref.js";
import { GenerateError } from "../generate-error.js";
import { visitObjects } from "../visit-objects.js";

/** Names every `$ref` that leads nowhere, with its place; no later step names that. */
export function checkRefs(document: JsonObject, problems: Problems, place = ""): void {
  visitObjects(document, (object, pointer) => {
    if (typeof object["$ref"] !== "string") return;
    try {
      resolveRef(document, object);
    } catch (error) {
      if (!(error instanceof GenerateError)) throw error;
      problems.add(`${place}${pointer}: ${error.message}`);
    }
  });
}
