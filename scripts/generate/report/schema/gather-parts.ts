import { arrayAt, isObject, stringAt, type Json, type JsonObject } from "../../json.js";
import { refName } from "../../resolve-ref.js";
import { followRef } from "../follow-ref.js";
import { flattenUnions } from "./flatten-unions.js";
import { foldAlternatives } from "./fold-alternatives.js";

/** A schema as written, and the component that defines it, if any. */
interface Source {
  schema: Json;
  owner?: string | undefined;
}

/** An object of keywords that apply to a value together with the other parts. */
export interface Part {
  keywords: JsonObject;
  owner: string | undefined;
}

/** One schema of a list from which a value matches one. */
export interface Alternative {
  schema: Json;
  keyword: "oneOf" | "anyOf";
  /** The `discriminator` of its list. */
  discriminator: JsonObject | undefined;
}

/** Everything that applies to a value, however the document writes it. */
export interface Gathered {
  parts: Part[];
  alternatives: Alternative[];
  /** Whether null is allowed; `undefined` if no part states a type. */
  isNullable: boolean | undefined;
}

/** Reads a schema with everything from `$ref`, `allOf` and lists of one alternative. */
export function gatherParts(document: JsonObject, schema: Json): Gathered {
  return gather(document, { schema }, new Set());
}

/** The component that a schema refers to, directly or through a wrapper with no other keywords. */
export function nameOf(schema: Json): string | undefined {
  const ref = stringAt(schema, "$ref");
  if (ref !== undefined) return refName(ref);
  const members = ["allOf", "oneOf", "anyOf"].flatMap((keyword) => arrayAt(schema, keyword));
  const named = members.filter((member) => !isNull(member));
  const [only] = named;
  return named.length === 1 && only !== undefined ? nameOf(only) : undefined;
}

/** Whether the schema allows only null. */
function isNull(schema: Json): boolean {
  if (!isObject(schema)) return false;
  const { type, const: value, enum: values } = schema;
  if (Array.isArray(type)) return type.length === 1 && type[0] === "null";
  if (Array.isArray(values) && values.length === 1) return values[0] === null;
  return type === "null" || value === null;
}

/** A schema that no value matches. */
const NOTHING: JsonObject = { type: [] };

/** `seen` stops the recursion at a schema that includes itself. */
function gather(document: JsonObject, { schema, owner }: Source, seen: Set<Json>): Gathered {
  if (schema === false) return partOf(NOTHING, owner);
  if (!isObject(schema) || seen.has(schema)) return joinAll([]);
  seen.add(schema);
  const ref = stringAt(schema, "$ref");
  if (ref === undefined) return gatherOwn(document, { schema, owner }, seen);
  const target = followRef(document, { $ref: ref });
  if (target === undefined) return partOf({ $ref: ref }, owner);
  return joinAll([
    gather(document, { schema: target, owner: refName(ref) }, seen),
    ...(hasSiblings(document, schema) ? [gatherOwn(document, { schema, owner }, seen)] : []),
  ]);
}

/** Whether other members next to the `$ref` count; OpenAPI 3.0 ignores them. */
function hasSiblings(document: JsonObject, schema: JsonObject): boolean {
  const isOld = stringAt(document, "openapi")?.startsWith("3.0") ?? false;
  return !isOld && Object.keys(schema).length > 1;
}

interface ObjectSource extends Source {
  schema: JsonObject;
}

function gatherOwn(
  document: JsonObject,
  { schema, owner }: ObjectSource,
  seen: Set<Json>,
): Gathered {
  const inner = (member: Json): Gathered => gather(document, { schema: member, owner }, seen);
  const joined = joinAll([
    partOf(schema, owner),
    ...arrayAt(schema, "allOf").map(inner),
    ...gatherLists(document, schema, inner),
  ]);
  return schema["nullable"] === true ? { ...joined, isNullable: true } : joined;
}

function gatherLists(
  document: JsonObject,
  schema: JsonObject,
  inner: (member: Json) => Gathered,
): Gathered[] {
  const discriminator = isObject(schema["discriminator"]) ? schema["discriminator"] : undefined;
  return (["oneOf", "anyOf"] as const).flatMap((keyword) => {
    const list = arrayAt(schema, keyword);
    if (list.length === 0) return [];
    const flat = discriminator ? list : flattenUnions(document, list, new Set([list]));
    const variants = flat.filter((variant) => !isNull(variant));
    const isNullable = variants.length < flat.length ? true : undefined;
    const folded = discriminator ? undefined : foldAlternatives(list, variants);
    if (folded) return [{ ...inner(folded), ...(isNullable ? { isNullable } : {}) }];
    const alternatives = variants.map((variant) => ({ schema: variant, keyword, discriminator }));
    return [{ parts: [], alternatives, isNullable }];
  });
}

function partOf(keywords: JsonObject, owner: string | undefined): Gathered {
  return { parts: [{ keywords, owner }], alternatives: [], isNullable: allowsNull(keywords) };
}

function allowsNull({ type, enum: values, const: value }: JsonObject): boolean | undefined {
  if (Array.isArray(type)) return type.includes("null");
  if (typeof type === "string") return type === "null";
  if (Array.isArray(values)) return values.includes(null);
  return value === undefined ? undefined : value === null;
}

/** Joins several schemas that all apply. */
export function joinAll(gathered: Gathered[]): Gathered {
  const stated = gathered.flatMap(({ isNullable }) => isNullable ?? []);
  return {
    parts: gathered.flatMap(({ parts }) => parts),
    alternatives: gathered.flatMap(({ alternatives }) => alternatives),
    isNullable: stated.length > 0 ? stated.every(Boolean) : undefined,
  };
}
