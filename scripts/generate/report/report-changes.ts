import { compareApis } from "./compare-apis.js";
import { describeApi } from "./describe-api.js";
import type { Facts } from "./describe-schema.js";
import { findDifference } from "../merge/find-difference.js";
import { isObject, parseJson, type Json, type JsonObject } from "../json.js";
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
  const changes = compareApis(earlier.facts, describeApi(document));
  if (changes.length > 0) return showChanges(changes);
  return [`No change in the API${explainSilence(earlier.document, document)}`];
}

interface Earlier {
  document: JsonObject;
  facts: Facts;
}

/** A file that somebody broke is no reason to stop: this run is what mends it. */
function readEarlier(text: string): Earlier | undefined {
  try {
    const document = parseJson(text);
    if (!isObject(document) || document["openapi"] === undefined) return undefined;
    Reflect.deleteProperty(document, "x-generated");
    return { document, facts: describeApi(document) };
  } catch {
    return undefined;
  }
}

function explainSilence(earlier: JsonObject, document: JsonObject): string {
  if (!findDifference(earlier, document)) return ".";
  if (!findDifference(withoutTexts(earlier), withoutTexts(document))) return ": only texts differ.";
  return ": the document differs only in what no operation shows.";
}

const TEXTS = new Set(["description", "summary", "title"]);

function withoutTexts(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutTexts);
  if (!isObject(value)) return value;
  // A property of that name holds a schema and stays.
  const rest = Object.entries(value).filter(
    ([name, member]) => !(TEXTS.has(name) && typeof member === "string"),
  );
  return Object.fromEntries(rest.map(([name, member]) => [name, withoutTexts(member)]));
}
