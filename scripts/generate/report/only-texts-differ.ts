import type { JsonObject } from "../json.js";
import { withoutProse } from "../merge/combine.js";
import { canonical } from "./canonical.js";

/** Whether two documents differ, but only in texts for readers. */
export function onlyTextsDiffer(before: JsonObject, after: JsonObject): boolean {
  return canonical(before) !== canonical(after) && withoutProse(before) === withoutProse(after);
}
