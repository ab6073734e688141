import { arrayAt, isObject, objectAt, stringAt, type Json, type JsonObject } from "../json.js";
import { refName, resolveRef } from "../resolve-ref.js";

/** What a schema says, whichever of several ways of writing it down was chosen. */
export interface SchemaShape {
  /** JSON types, in order; "any" where none is stated. */
  types: string[];
  /** The allowed values as JSON, if they are listed. */
  values?: string[];
  /** Other limits, such as "maxLength 20". */
  limits: string[];
  required: string[];
  /** Schemas inside this one by the step that leads to them: `.name`, `[]` or `.*`. */
  inside: Map<string, Json>;
  /** The schemas of which a value follows one, by their names. */
  alternatives: Map<string, Json>;
}

const LIMITS = [
  ...["format", "pattern", "minLength", "maxLength", "minimum", "maximum"],
  ...["exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
  ...["minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties"],
];

/** Reads a schema with all that it takes from `$ref` and `allOf`. */
export function schemaShape(document: JsonObject, schema: Json): SchemaShape {
  const { parts, alternatives, isNullable } = collect(document, schema, new Set());
  const values = parts.flatMap((part) => arrayAt(part, "enum").concat(part["const"] ?? []));
  const types = new Set(parts.flatMap(typesOf));
  if (types.size === 0) types.add(values.length > 0 ? typeOf(values[0]) : "any");
  if (isNullable || values.includes(null)) types.add("null");
  const listed = values.filter((value) => value !== null).map((value) => JSON.stringify(value));
  return {
    types: [...types].sort(),
    ...(listed.length > 0 ? { values: listed } : {}),
    limits: parts.flatMap(limitsOf),
    required: parts.flatMap((part) => arrayAt(part, "required")).filter(isString),
    inside: new Map(parts.flatMap(insideOf)),
    alternatives,
  };
}

interface Collected {
  parts: JsonObject[];
  alternatives: Map<string, Json>;
  isNullable: boolean;
}

/** Gathers what applies at once; `seen` ends the walk where a schema takes itself in. */
function collect(document: JsonObject, schema: Json, seen: Set<Json>): Collected {
  const part = resolveRef(document, schema);
  const none: Collected = { parts: [], alternatives: new Map(), isNullable: false };
  if (!isObject(part) || seen.has(part)) return none;
  seen.add(part);
  const stated = [...arrayAt(part, "oneOf"), ...arrayAt(part, "anyOf")];
  const variants = stated.filter((variant) => stringAt(variant, "type") !== "null");
  const hasOne = variants.length === 1;
  const inner = [...arrayAt(part, "allOf"), ...(hasOne ? variants : [])].map((one) =>
    collect(document, one, seen),
  );
  const own = hasOne
    ? []
    : variants.map((variant, index) => [nameOf(variant, index), variant] as const);
  return {
    parts: [part, ...inner.flatMap(({ parts }) => parts)],
    alternatives: new Map([...own, ...inner.flatMap(({ alternatives }) => [...alternatives])]),
    isNullable: part["nullable"] === true || variants.length < stated.length,
  };
}

function nameOf(variant: Json, index: number): string {
  const ref = stringAt(variant, "$ref");
  return ref ? refName(ref) : (stringAt(variant, "title") ?? `alternative ${index + 1}`);
}

function typesOf(part: JsonObject): string[] {
  const { type } = part;
  if (typeof type === "string") return [type];
  if (Array.isArray(type)) return type.filter(isString);
  if (part["properties"] ?? part["additionalProperties"]) return ["object"];
  return part["items"] ? ["array"] : [];
}

function typeOf(value: Json | undefined): string {
  if (Number.isInteger(value)) return "integer";
  return Array.isArray(value) ? "array" : typeof value;
}

function limitsOf(part: JsonObject): string[] {
  const stated = LIMITS.filter((name) => part[name] !== undefined);
  const closed = part["additionalProperties"] === false ? ["no other members"] : [];
  return [...stated.map((name) => `${name} ${JSON.stringify(part[name])}`), ...closed];
}

function insideOf(part: JsonObject): [string, Json][] {
  const inside = Object.entries(objectAt(part, "properties")).map(
    ([name, property]): [string, Json] => [`.${name}`, property],
  );
  const { items, additionalProperties } = part;
  if (isObject(items)) inside.push(["[]", items]);
  if (isObject(additionalProperties)) inside.push([".*", additionalProperties]);
  return inside;
}

function isString(value: Json): value is string {
  return typeof value === "string";
}
