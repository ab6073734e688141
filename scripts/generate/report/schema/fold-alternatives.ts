import { isObject, type Json, type JsonObject } from "../../json.js";
import { unwrap } from "./unwrap.js";

/** Keywords that do not restrict the values of a schema. */
export const ANNOTATIONS = new Set(["title", "description", "deprecated", "example", "examples"]);

const folded = new WeakMap<Json[], Json>();

/**
 * One schema that is equivalent to a list of alternatives: the only alternative, several bare types,
 * or several lists of values.
 */
export function foldAlternatives(stated: Json[], variants: Json[]): Json | undefined {
  const [only, ...others] = variants;
  if (only === undefined) return undefined;
  if (others.length === 0) return only;
  const known = folded.get(stated);
  if (known !== undefined) return known;
  const schema = foldTypes(variants) ?? foldValues(variants);
  // Schemas are identified by their objects, so the same list must return the same object.
  if (schema) folded.set(stated, schema);
  return schema;
}

function foldTypes(variants: Json[]): JsonObject | undefined {
  const types = variants.map((variant) => only(variant, "type"));
  return types.includes(undefined) ? undefined : { type: types.flatMap((type) => type ?? []) };
}

function foldValues(variants: Json[]): JsonObject | undefined {
  const lists = variants.map((variant) => only(variant, "const") ?? only(variant, "enum"));
  const types = variants
    .map(unwrap)
    .flatMap((variant) => (isObject(variant) ? (variant["type"] ?? []) : []));
  if (lists.includes(undefined)) return undefined;
  const isTyped = types.length === variants.length;
  return { enum: lists.flatMap((list) => list ?? []), ...(isTyped ? { type: types.flat() } : {}) };
}

/** The value of the keyword, if the schema has no others except a type. */
function only(written: Json, keyword: string): Json | undefined {
  const schema = unwrap(written);
  if (!isObject(schema)) return undefined;
  const others = Object.keys(schema).filter(
    (name) => !ANNOTATIONS.has(name) && name !== keyword && name !== "type",
  );
  return others.length === 0 ? schema[keyword] : undefined;
}
