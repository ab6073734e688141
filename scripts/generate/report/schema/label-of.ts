import { isObject, objectAt, stringAt, type Json } from "../../json.js";
import { canonical } from "../canonical.js";
import { nameOf } from "./gather-parts.js";
import { unwrap } from "./unwrap.js";

/** The name of an alternative in messages. It describes the schema, not its position in the list. */
export function labelOf(written: Json): string {
  const schema = unwrap(written);
  const named = nameOf(schema) ?? stringAt(schema, "title");
  if (named !== undefined) return named;
  if (!isObject(schema)) return schema === false ? "nothing" : "any";
  const { const: value, type } = schema;
  if (value !== undefined) return canonical(value);
  const members = Object.keys(objectAt(schema, "properties"));
  if (members.length > 0) return `object with ${members.sort().join(", ")}`;
  return typeof type === "string" ? type : canonical(type ?? schema);
}
