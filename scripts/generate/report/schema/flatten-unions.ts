import { isObject, type Json, type JsonObject } from "../../json.js";
import { followRef } from "../follow-ref.js";
import { ANNOTATIONS } from "./fold-alternatives.js";
import { unwrap } from "./unwrap.js";

/**
 * The alternatives of a list, with those of lists among them in their place; `seen` ends the walk
 * where a list is among its own alternatives.
 */
export function flattenUnions(document: JsonObject, list: Json[], seen: Set<Json>): Json[] {
  return list.flatMap((variant) => {
    const target = followRef(document, unwrap(variant)) ?? variant;
    const inner = unionOf(unwrap(target));
    if (!inner) return [variant];
    if (seen.has(inner)) return [];
    return flattenUnions(document, inner, new Set([...seen, inner]));
  });
}

/** The alternatives of a schema that says nothing else. */
function unionOf(schema: Json): Json[] | undefined {
  if (!isObject(schema)) return undefined;
  const [keyword = "", ...others] = Object.keys(schema).filter((name) => !ANNOTATIONS.has(name));
  const list = schema[keyword];
  const isUnion = (keyword === "oneOf" || keyword === "anyOf") && others.length === 0;
  return isUnion && Array.isArray(list) ? list : undefined;
}
