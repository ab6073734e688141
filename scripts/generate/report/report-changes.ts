import { compareDocuments } from "./compare-documents.js";
import { findDifference } from "../merge/find-difference.js";
import { isObject, parseJson, type JsonObject } from "../json.js";
import { showChanges } from "./show-changes.js";

/** Says in lines what changed in the API since the document of the last run, if there was one. */
export function reportChanges(committed: string | undefined, document: JsonObject): string[] {
  if (committed === undefined) {
    return ["No generated/openapi.json from an earlier run: nothing to compare with."];
  }
  const earlier = readEarlier(committed);
  if (!earlier) {
    return ["The earlier generated/openapi.json cannot be read: nothing to compare with."];
  }
  const changes = compareDocuments(earlier, document);
  if (changes.length > 0 || !findDifference(earlier, document)) return showChanges(changes);
  return ["No change in the API: the document differs only in what no program sees."];
}

/** A file that somebody broke is no reason to stop: this run is what mends it. */
function readEarlier(text: string): JsonObject | undefined {
  try {
    const document = parseJson(text);
    if (!isObject(document) || document["openapi"] === undefined) return undefined;
    Reflect.deleteProperty(document, "x-generated");
    return document;
  } catch {
    return undefined;
  }
}
