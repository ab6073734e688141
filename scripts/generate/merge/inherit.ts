import type { SourceDocument } from "../read/extract-documents.js";
import { findDifference } from "./find-difference.js";
import { isObject, objectAt, stringAt, type Json, type JsonObject } from "../json.js";
import { listOperations, METHODS } from "../list-operations.js";

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

/** The root of the first document that has operations stays the root of the merged one. */
function keepRootDefaults(documents: SourceDocument[]): SourceDocument[] {
  const isFull = ({ content }: SourceDocument): boolean => listOperations(content).length > 0;
  const first = documents.find(isFull);
  return documents.map((document) => {
    if (document === first) return document;
    const content = structuredClone(document.content);
    for (const [member, absent] of Object.entries(ROOT_DEFAULTS)) {
      if (findDifference(content[member], first?.content[member])) {
        for (const operation of listOperations(content)) {
          if (member === "servers" && operation.item["servers"]) continue;
          operation.definition[member] ??= content[member] ?? absent;
        }
      }
      Reflect.deleteProperty(content, member);
    }
    return { ...document, content };
  });
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
      if (items.some((item) => findDifference(item[member], items[0]?.[member]))) {
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
