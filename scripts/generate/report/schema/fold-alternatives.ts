import { isObject, type Json, type JsonObject } from "../../json.js";
import { unwrap } from "./unwrap.js";

/** What says nothing about the values that a schema allows. */
export const ANNOTATIONS = new Set(["title", "description", "deprecated", "example", "examples"]);

const folded = new WeakMap<Json[], Json>();

/**
 * One schema in place of a list of alternatives, where that says the same: the only alternative,
 * several bare types, or several lists of values.
 */
export function foldAlternatives(stated: Json[], variants: Json[]): Json | undefined {
  const [only, ...others] = variants;
  if (only === undefined) return undefined;
  if (others.length === 0) return only;
  const known = folded.get(stated);
  if (known !== undefined) return known;
  const schema = foldTypes(variants) ?? foldValues(variants);
  // A schema is known by its object, so the same list has to give the same one.
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

/** The value of the keyword, if the schema has no other besides its type. */
function only(written: Json, keyword: string): Json | undefined {
  const schema = unwrap(written);
  if (!isObject(schema)) return undefined;
  const others = Object.keys(schema).filter(
    (name) => !ANNOTATIONS.has(name) && name !== keyword && name !== "type",
  );
  return others.length === 0 ? schema[keyword] : undefined;
}
