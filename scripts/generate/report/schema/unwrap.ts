import { isObject, type Json } from "../../json.js";

const LISTS = ["allOf", "oneOf", "anyOf"];

/** The only schema in a list, if a schema consists of nothing else; otherwise the schema itself. */
export function unwrap(schema: Json): Json {
  if (!isObject(schema)) return schema;
  const [[keyword, list] = ["", null], ...others] = Object.entries(schema);
  const isWrapper = LISTS.includes(keyword) && Array.isArray(list) && others.length === 0;
  if (!isWrapper) return schema;
  const [only, ...more] = list;
  return only === undefined || more.length > 0 ? schema : unwrap(only);
}
