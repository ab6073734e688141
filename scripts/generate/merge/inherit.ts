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

/** The members that an operation inherits from the root, and their values if the root has none. */
const ROOT_DEFAULTS: Readonly<Record<string, Json>> = { security: [], servers: [{ url: "/" }] };

/** The members that an operation inherits from its path. */
const PATH_DEFAULTS = ["parameters", "servers"];

/**
 * Makes documents safe to merge. Copies an inherited value into an operation if the operation would
 * inherit another value from the merged document.
 */
export function keepInheritance(documents: SourceDocument[]): SourceDocument[] {
  return keepPathDefaults(keepRootDefaults(documents));
}

/** The value that most operations inherit becomes the root of the merged document. */
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

/** The value that most operations inherit; in a tie, the one whose text sorts last. */
function mostCommon(documents: SourceDocument[], member: string, absent: Json): Json {
  const counts = new Map<string, number>();
  const isStated = documents.some(({ content }) => content[member] !== undefined);
  for (const { content } of documents) {
    // A page that omits the value does not count against pages that state one.
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

/** Keeps the members of a path if every document with that path states the same ones. */
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

/** An operation's own parameter overrides an inherited one with the same name and location. */
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
