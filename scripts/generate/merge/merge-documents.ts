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

/** All documents as one. */
export interface Merged {
  document: JsonObject;
  /** What two of them word differently, a line each. */
  notes: string[];
}

/**
 * Merges the documents of all pages into one. What two of them state must mean the same; where it
 * does not, the problem names both places, the JSON pointer and both values. Neither the names of
 * the pages nor their order make a difference to the document.
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

/** The smallest thing that one document may add and another must repeat without a change. */
interface Statement {
  path: string[];
  value: Json;
  source: string;
}

/** How many names deep a root member is shared; a member that is not listed is stated whole. */
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
  // Members of OpenAPI that stand among names hold no names themselves.
  if (path.at(-1)?.startsWith("x-") === true) return [statement];
  if (!isObject(value)) {
    problems.add(
      `${source}: ${path.map(pointerStep).join("")} must be an object, but is ` +
        `${JSON.stringify(value)}: correct the page or leave it out of spec/.`,
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

/** Makes one statement of all that are about the same thing. */
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
    // Its author has chosen the name of a component, which may be that of a member.
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

/** One statement of each wording, in an order that does not depend on the names of the pages. */
function distinct(group: Statement[]): Statement[] {
  const byText = new Map<string, Statement>();
  for (const statement of group) {
    const text = JSON.stringify(statement.value);
    const known = byText.get(text);
    if (!known || byCodeUnit(statement.source, known.source) < 0) byText.set(text, statement);
  }
  return [...byText].sort(([a], [b]) => byCodeUnit(a, b)).map(([, statement]) => statement);
}

/** The versions 3.0 and 3.1 can stand together: every later step reads both dialects. */
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
      `${a} and ${b} put ${difference.pointer} differently: the first says ${was}, ` +
      `the second ${is}. The longer text stays.`
    );
  }
  return (
    `${a} and ${b} disagree about ${difference.pointer}: ` +
    `the first says ${was}, the second ${is}. What is stated twice must be the same: ` +
    `correct one page or leave it out of spec/.`
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
