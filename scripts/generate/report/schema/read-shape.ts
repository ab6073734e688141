import { arrayAt, isObject, objectAt, type Json, type JsonObject } from "../../json.js";
import { canonical } from "../canonical.js";
import type { Alternative, Gathered } from "./gather-parts.js";
import { readLimits, type Limits } from "./read-limits.js";
import { readNotes, textsOf, type Notes } from "./read-notes.js";
import { readProperties, type Property } from "./read-properties.js";
import { readTypes } from "./read-types.js";

/** The combined rules of the parts of a schema. */
export interface Shape {
  /** JSON types except null; `undefined` if any type is allowed. */
  types: ReadonlySet<string> | undefined;
  isNullable: boolean | undefined;
  /** The allowed values except null as JSON, if they are listed. */
  values: string[] | undefined;
  formats: string[];
  patterns: string[];
  limits: Limits;
  properties: ReadonlyMap<string, Property>;
  items: Json[];
  /** The schemas of the first entries of an array, by position. */
  prefix: Json[][];
  patternProperties: ReadonlyMap<string, Json[]>;
  /** Whether other members are allowed, or the schemas that they must match. */
  additional: "open" | "closed" | Json[];
  alternatives: Alternative[];
  /** Whether the alternatives are the whole schema. */
  isUnion: boolean;
  discriminator: JsonObject | undefined;
  /** Keywords that are compared as a whole. */
  others: ReadonlyMap<string, Json[]>;
  notes: Notes;
}

/** Reads a schema from its parts. */
export function readShape({ parts, alternatives, isNullable }: Gathered): Shape {
  const keywords = parts.map((part) => part.keywords);
  const values = readValues(keywords);
  const types = readTypes(keywords, values);
  const properties = readProperties(parts);
  const items = keywords.flatMap((part) => schemaAt(part, "items"));
  const hasOwn = values !== undefined || properties.size > 0 || items.length > 0;
  return {
    ...{ types, isNullable, values, alternatives },
    formats: textsOf(keywords, "format"),
    patterns: textsOf(keywords, "pattern").filter((pattern) => !matchesAll(pattern)),
    limits: readLimits(keywords, types),
    ...{ properties, items, isUnion: alternatives.length > 0 && !hasOwn },
    prefix: readPrefix(keywords),
    patternProperties: readPatternProperties(keywords),
    additional: readAdditional(keywords),
    discriminator: keywords.map((part) => part["discriminator"]).find(isObject),
    others: readOthers(keywords),
    notes: readNotes(keywords),
  };
}

/** The values that every part with a list of values allows. */
function readValues(keywords: JsonObject[]): string[] | undefined {
  const lists = keywords.flatMap(({ enum: listed, const: value }) => [
    ...(Array.isArray(listed) ? [listed.map(canonical)] : []),
    ...(value === undefined ? [] : [[canonical(value)]]),
  ]);
  const [first, ...rest] = lists;
  const common = first?.filter((value) => rest.every((list) => list.includes(value)));
  const besidesNull = common?.filter((value) => value !== "null");
  return besidesNull && [...new Set(besidesNull)];
}

function matchesAll(pattern: string): boolean {
  return ["", "^", "$", "^$|", ".*", "^.*$", "^.*", ".*$"].includes(pattern);
}

function schemaAt(keywords: JsonObject, keyword: string): Json[] {
  const schema = keywords[keyword];
  return schema === undefined || Array.isArray(schema) ? [] : [schema];
}

function readPrefix(keywords: JsonObject[]): Json[][] {
  const lists = keywords.map((part) => arrayAt(part, "prefixItems"));
  const length = Math.max(0, ...lists.map((list) => list.length));
  return Array.from({ length }, (_, index) => lists.flatMap((list) => list[index] ?? []));
}

function readPatternProperties(keywords: JsonObject[]): Map<string, Json[]> {
  const patterns = new Map<string, Json[]>();
  for (const part of keywords) {
    for (const [pattern, schema] of Object.entries(objectAt(part, "patternProperties"))) {
      patterns.set(pattern, [...(patterns.get(pattern) ?? []), schema]);
    }
  }
  return patterns;
}

function readAdditional(keywords: JsonObject[]): Shape["additional"] {
  const stated = keywords.flatMap((part) => schemaAt(part, "additionalProperties"));
  if (stated.includes(false)) return "closed";
  const typed = stated.filter((schema) => isObject(schema) && Object.keys(schema).length > 0);
  return typed.length > 0 ? typed : "open";
}

/** Rare keywords; any change to one is reported in one line. */
const OTHERS = [
  ...["not", "if", "then", "else", "contains", "minContains", "maxContains", "propertyNames"],
  ...["dependentRequired", "dependentSchemas", "unevaluatedItems", "unevaluatedProperties"],
  ...["contentEncoding", "contentMediaType", "contentSchema", "$ref", "$dynamicRef"],
];

function readOthers(keywords: JsonObject[]): Map<string, Json[]> {
  const others = new Map<string, Json[]>();
  for (const name of OTHERS) {
    const stated = keywords.flatMap((part) => (part[name] === undefined ? [] : [part[name]]));
    const unique = new Map(stated.map((one) => [canonical(one), one]));
    if (unique.size > 0) others.set(name, [...unique.values()]);
  }
  return others;
}
