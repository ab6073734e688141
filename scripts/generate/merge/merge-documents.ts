import {
  byCodeUnit,
  isObject,
  pointerStep,
  stringAt,
  type Json,
  type JsonObject,
} from "../json.js";
import type { Problems } from "../problems.js";
import type { SourceDocument } from "../read/source-document.js";
import { combine, type Difference } from "./combine.js";
import { keepInheritance } from "./inherit.js";
import { orderMembers } from "./order-members.js";
import { showDifference } from "./show-difference.js";

/** The merged document. */
export interface Merged {
  document: JsonObject;
  /** The texts that two documents word differently, one line each. */
  notes: string[];
}

/**
 * Merges the documents of all pages into one. Two statements about the same thing must agree;
 * otherwise the problem names both pages, the JSON pointer and both values. The result does not depend
 * on the names or the order of the pages.
 */
export function mergeDocuments(documents: SourceDocument[], problems: Problems): Merged {
  const notes: string[] = [];
  const statements = keepInheritance(documents).flatMap((document) => {
    return problems.collect(() => listStatements(document, problems)) ?? [];
  });
  const root: JsonObject = { components: {}, paths: {} };
  const tags: Json[] = [];
  for (const group of groupByPointer(statements).values()) {
    const { path, value } = agree(group, notes, problems);
    if (path[0] === "tags") tags.push(value);
    else place(root, path, value);
  }
  if (tags.length > 0) root["tags"] = tags;
  return { document: orderMembers(root), notes };
}

/** The smallest unit of merging: documents may add one, and must agree on one that they share. */
interface Statement {
  path: string[];
  value: Json;
  source: string;
}

/** How many levels of names a root member has that documents share; 0 if it is not listed. */
const SHARED_DEPTH: Readonly<Record<string, number>> = { components: 2, paths: 2, webhooks: 2 };

function listStatements({ source, content }: SourceDocument, problems: Problems): Statement[] {
  return Object.entries(content).flatMap(([member, value]) => {
    if (member === "tags" && Array.isArray(value)) {
      return value.map((tag) => ({ path: ["tags", tagName(tag)], value: tag, source }));
    }
    return split({ path: [member], value, source }, SHARED_DEPTH[member] ?? 0, problems);
  });
}

function split(statement: Statement, depth: number, problems: Problems): Statement[] {
  if (depth === 0) return [statement];
  const { path, value, source } = statement;
  // Extensions among the names do not hold names themselves.
  if (path.at(-1)?.startsWith("x-") === true) return [statement];
  if (!isObject(value)) {
    problems.add(
      `${source}: ${path.map(pointerStep).join("")} must be an object, but is ` +
        `${JSON.stringify(value)}: correct the page or remove it from spec/.`,
    );
    return [];
  }
  return Object.entries(value).flatMap(([name, inner]) =>
    split({ path: [...path, name], value: inner, source }, depth - 1, problems),
  );
}

function tagName(tag: Json): string {
  return stringAt(tag, "name") ?? JSON.stringify(tag);
}

function groupByPointer(statements: Statement[]): Map<string, Statement[]> {
  const groups = new Map<string, Statement[]>();
  for (const statement of statements) {
    const pointer = statement.path.map(pointerStep).join("");
    groups.set(pointer, [...(groups.get(pointer) ?? []), statement]);
  }
  return groups;
}

/** Combines all statements about the same thing. */
function agree(group: Statement[], notes: string[], problems: Problems): Statement {
  const [first, ...rest] = distinct(group);
  if (!first) throw new TypeError("A group holds at least one statement.");
  let { value } = first;
  for (const other of rest) {
    const pointer = first.path.map(pointerStep).join("");
    if (first.path.join() === "openapi") {
      value = newer(value, other.value);
      continue;
    }
    // The author chose the name of a component, so it may be the same as that of a member.
    const isNamed = first.path[0] === "components";
    const at = { pointer, member: first.path.at(-1) ?? "", isNamed };
    value = combine(value, other.value, at, (difference) => {
      const text = describe(difference, first, other);
      if (difference.isProse) notes.push(text);
      else problems.add(text);
    });
  }
  return { ...first, value };
}

/** One statement for each wording, in an order that does not depend on the names of the pages. */
function distinct(group: Statement[]): Statement[] {
  const byText = new Map<string, Statement>();
  for (const statement of group) {
    const text = JSON.stringify(statement.value);
    const known = byText.get(text);
    if (!known || byCodeUnit(statement.source, known.source) < 0) byText.set(text, statement);
  }
  return [...byText].sort(([a], [b]) => byCodeUnit(a, b)).map(([, statement]) => statement);
}

/** The versions 3.0 and 3.1 can be merged: every later step reads both. */
function newer(a: Json, b: Json): Json {
  return JSON.stringify(a) > JSON.stringify(b) ? a : b;
}

function describe(difference: Difference, first: Statement, second: Statement): string {
  const isSwapped = byCodeUnit(first.source, second.source) > 0;
  const [a, b] = isSwapped ? [second.source, first.source] : [first.source, second.source];
  const [was, is] = showDifference(
    isSwapped
      ? { first: difference.second, second: difference.first }
      : { first: difference.first, second: difference.second },
  );
  if (difference.isProse) {
    return (
      `${a} and ${b} word ${difference.pointer} differently: the first has ${was}, ` +
      `the second ${is}; the longer text is kept.`
    );
  }
  return (
    `${a} and ${b} disagree about ${difference.pointer}: ` +
    `the first has ${was}, the second ${is}; ` +
    `correct one page or remove it from spec/.`
  );
}

function place(target: JsonObject, [name = "", ...rest]: string[], value: Json): void {
  if (rest.length === 0) {
    target[name] = value;
    return;
  }
  const inner = target[name];
  const next = isObject(inner) ? inner : {};
  target[name] = next;
  place(next, rest, value);
}
