import {
  byCodeUnit,
  isObject,
  objectAt,
  parseJson,
  stringAt,
  type Json,
  type JsonObject,
} from "../json.js";
import { listOperations, METHODS } from "../list-operations.js";
import type { SourceDocument } from "../read/source-document.js";
import { withoutProse } from "./combine.js";

/** What an operation inherits from the root of its document, and what the absence there means. */
const ROOT_DEFAULTS: Readonly<Record<string, Json>> = { security: [], servers: [{ url: "/" }] };

/** What an operation inherits from its path. */
const PATH_DEFAULTS = ["parameters", "servers"];

/**
 * Makes documents safe to merge. What an operation inherits in its own document it states itself
 * where the merged document would let it inherit something else.
 */
export function keepInheritance(documents: SourceDocument[]): SourceDocument[] {
  return keepPathDefaults(keepRootDefaults(documents));
}

/** What most operations inherit stays the root of the merged document. */
function keepRootDefaults(documents: SourceDocument[]): SourceDocument[] {
  const copies = documents.map((document) => structuredClone(document));
  for (const [member, absent] of Object.entries(ROOT_DEFAULTS)) {
    const root = mostCommon(copies, member, absent);
    for (const { content } of copies) {
      const own = content[member] ?? absent;
      Reflect.deleteProperty(content, member);
      if (hasSameMeaning(own, root)) {
        if (!hasSameMeaning(own, absent)) content[member] = own;
        continue;
      }
      for (const operation of listOperations(content)) {
        if (member === "servers" && operation.item["servers"]) continue;
        operation.definition[member] ??= own;
      }
    }
  }
  return copies;
}

/** The value under which most operations stand; of several, the one whose text comes last. */
function mostCommon(documents: SourceDocument[], member: string, absent: Json): Json {
  const counts = new Map<string, number>();
  const isStated = documents.some(({ content }) => content[member] !== undefined);
  for (const { content } of documents) {
    // What a page leaves out does not outvote what others say.
    if (isStated && content[member] === undefined) continue;
    const text = JSON.stringify(content[member] ?? absent);
    counts.set(text, (counts.get(text) ?? 0) + listOperations(content).length);
  }
  const [first] = [...counts].sort(([a, m], [b, n]) => n - m || byCodeUnit(b, a));
  return first ? parseJson(first[0]) : null;
}

function hasSameMeaning(a: Json | undefined, b: Json | undefined): boolean {
  return withoutProse(a ?? null) === withoutProse(b ?? null);
}

/** Path-level defaults stay where every document that has the path states the same ones. */
function keepPathDefaults(documents: SourceDocument[]): SourceDocument[] {
  const copies = documents.map((document) => structuredClone(document));
  const paths = new Set(copies.flatMap(({ content }) => Object.keys(objectAt(content, "paths"))));
  for (const path of paths) {
    const items = copies.flatMap(({ content }) => {
      const item = objectAt(content, "paths")[path];
      return isObject(item) ? [item] : [];
    });
    for (const member of PATH_DEFAULTS) {
      if (items.some((item) => !hasSameMeaning(item[member], items[0]?.[member]))) {
        for (const item of items) pushDown(item, member);
      }
    }
  }
  return copies;
}

function pushDown(item: JsonObject, member: string): void {
  const inherited = item[member];
  if (inherited === undefined) return;
  for (const [method, operation] of Object.entries(item)) {
    if (!METHODS.has(method) || !isObject(operation)) continue;
    if (member === "parameters") operation[member] = joinParameters(inherited, operation[member]);
    else operation[member] ??= inherited;
  }
  Reflect.deleteProperty(item, member);
}

/** An operation's own parameter wins over one of the same name and place that it inherits. */
function joinParameters(inherited: Json, own: Json | undefined): Json[] {
  const ownList = Array.isArray(own) ? own : [];
  const ownKeys = new Set(ownList.map(parameterKey));
  const rest = (Array.isArray(inherited) ? inherited : []).filter(
    (parameter) => !ownKeys.has(parameterKey(parameter)),
  );
  return [...rest, ...ownList];
}

function parameterKey(parameter: Json): string {
  const key = [stringAt(parameter, "in"), stringAt(parameter, "name"), stringAt(parameter, "$ref")];
  return JSON.stringify(key);
}
