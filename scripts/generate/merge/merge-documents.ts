import type { SourceDocument } from "../read/extract-documents.js";
import { findDifference, showDifference } from "./find-difference.js";
import { GenerateError } from "../generate-error.js";
import { keepInheritance } from "./inherit.js";
import { isObject, pointerStep, stringAt, type Json, type JsonObject } from "../json.js";

/**
 * Merges the documents of all pages into one. What two of them state must be equal; if it is not,
 * the error names both places, the JSON pointer and both values.
 */
export function mergeDocuments(documents: SourceDocument[]): JsonObject {
  const statements = new Map<string, Statement>();
  for (const statement of keepInheritance(documents).flatMap(listStatements)) {
    const pointer = statement.path.map(pointerStep).join("");
    const earlier = statements.get(pointer);
    if (earlier) mustAgree(pointer, earlier, statement);
    else statements.set(pointer, statement);
  }
  return build([...statements.values()]);
}

/** The smallest thing that one document may add and another must repeat without a change. */
interface Statement {
  path: string[];
  value: Json;
  source: string;
}

/** How many names deep a root member is shared; a member that is not listed is stated whole. */
const SHARED_DEPTH: Readonly<Record<string, number>> = { components: 2, paths: 2, webhooks: 2 };

function listStatements({ source, content }: SourceDocument): Statement[] {
  return Object.entries(content).flatMap(([member, value]) => {
    if (member === "tags" && Array.isArray(value)) {
      return value.map((tag) => ({ path: ["tags", tagName(tag)], value: tag, source }));
    }
    return split({ path: [member], value, source }, SHARED_DEPTH[member] ?? 0);
  });
}

function split(statement: Statement, depth: number): Statement[] {
  if (depth === 0) return [statement];
  const { path, value, source } = statement;
  if (!isObject(value)) {
    throw new GenerateError(
      `${source}: ${path.map(pointerStep).join("")} must be an object, but is ` +
        `${JSON.stringify(value)}: correct the page or leave it out of spec/.`,
    );
  }
  return Object.entries(value).flatMap(([name, inner]) =>
    split({ path: [...path, name], value: inner, source }, depth - 1),
  );
}

function tagName(tag: Json): string {
  return stringAt(tag, "name") ?? JSON.stringify(tag);
}

function mustAgree(pointer: string, earlier: Statement, later: Statement): void {
  const difference = findDifference(earlier.value, later.value, pointer);
  if (!difference) return;
  const [first, second] = showDifference(difference);
  throw new GenerateError(
    `${earlier.source} and ${later.source} disagree about ${difference.pointer}: ` +
      `the first says ${first}, the second ${second}. What is stated twice must be the same: ` +
      `correct one page or leave it out of spec/.`,
  );
}

/** The root members in the order in which people read them; others follow as they come. */
const ROOT_ORDER = ["openapi", "info", "tags", "servers", "security", "components", "paths"];

function build(statements: Statement[]): JsonObject {
  const root: JsonObject = { components: {}, paths: {} };
  const tags: Json[] = [];
  for (const { path, value } of statements) {
    if (path[0] === "tags") tags.push(value);
    else place(root, path, value);
  }
  if (tags.length > 0) root["tags"] = tags;
  const names = [...new Set([...ROOT_ORDER, ...Object.keys(root)])];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = root[name];
      return value === undefined ? [] : [[name, value]];
    }),
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
