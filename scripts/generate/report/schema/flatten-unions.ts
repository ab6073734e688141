import { isObject, type Json, type JsonObject } from "../../json.js";
import { followRef } from "../follow-ref.js";
import { ANNOTATIONS } from "./fold-alternatives.js";
import { unwrap } from "./unwrap.js";

/**
 * The alternatives of a list, with nested lists flattened; `seen` stops the recursion at a list that
 * contains itself.
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

/** The alternatives of a schema without other keywords. */
function unionOf(schema: Json): Json[] | undefined {
  if (!isObject(schema)) return undefined;
  const [keyword = "", ...others] = Object.keys(schema).filter((name) => !ANNOTATIONS.has(name));
  const list = schema[keyword];
  const isUnion = (keyword === "oneOf" || keyword === "anyOf") && others.length === 0;
  return isUnion && Array.isArray(list) ? list : undefined;
}
