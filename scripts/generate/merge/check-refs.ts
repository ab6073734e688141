import { objectAt, pointerStep, type JsonObject } from "../json.js";
import type { Problems } from "../problems.js";
import { resolveRef } from "../resolve-ref.js";
import { GenerateError } from "../generate-error.js";
import { visitObjects } from "../visit-objects.js";

/** Reports every `$ref` without a target, with its location; later steps do not know it. */
export function checkRefs(document: JsonObject, problems: Problems, place = ""): void {
  visitObjects(document, (object, pointer) => {
    if (typeof object["$ref"] === "string") check(object, pointer);
    for (const [value, target] of Object.entries(objectAt(object, "discriminator", "mapping"))) {
      if (typeof target !== "string" || !target.startsWith("#")) continue;
      check({ $ref: target }, `${pointer}/discriminator/mapping${pointerStep(value)}`);
    }
  });

  function check(value: JsonObject, pointer: string): void {
    try {
      resolveRef(document, value);
    } catch (error) {
      if (!(error instanceof GenerateError)) throw error;
      problems.add(`${place}${pointer}: ${error.message}`);
    }
  }
}
