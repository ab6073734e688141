import { readFileSync } from "node:fs";
import { isObject, parseJson, type JsonObject } from "../../../scripts/generate/json.js";
import { mergeDocuments } from "../../../scripts/generate/merge/merge-documents.js";
import { createProblems } from "../../../scripts/generate/problems.js";
import { findInMarkdown } from "../../../scripts/generate/read/markdown-documents.js";
import { toDocument } from "../../../scripts/generate/read/to-document.js";
import { body, components, operation, petDocument, ref } from "../pages.js";

/** A change that is expected: its rule and its line. */
export type Said = [rule: string, line: string];

/** Two documents and all that a report must say about them. */
export interface Row {
  title: string;
  before: JsonObject;
  after: JsonObject;
  said: Said[];
}

export function row(title: string, before: JsonObject, after: JsonObject, ...said: Said[]): Row {
  return { title, before, after, said };
}

/** A pet of which only the name is of interest. */
export function named(name: JsonObject, more: JsonObject = {}): JsonObject {
  return {
    type: "object",
    required: ["id"],
    properties: { id: { type: "integer" }, name },
    ...more,
  };
}

/** The little API, whose callers read what the schema says. */
export function answering(schema: JsonObject, more: JsonObject = {}): JsonObject {
  return petDocument({ components: components({ Pet: schema, ...more }) });
}

/** The little API, whose callers send what the schema says. */
export function taking(schema: JsonObject, more: JsonObject = {}): JsonObject {
  return petDocument({
    components: components({ Pet: schema, ...more }),
    paths: { "/pets": { post: operation("addPet", { requestBody: body(ref("Pet")) }) } },
  });
}

/** The little API, whose callers send the name of a pet as the schema says. */
export function sent(name: JsonObject): JsonObject {
  return taking(named(name));
}

/** The little API, whose callers read the name of a pet as the schema says. */
export function got(name: JsonObject): JsonObject {
  return answering(named(name));
}

/** The little API with one operation that has what is given beside its answer. */
export function listing(more: JsonObject, rest: JsonObject = {}): JsonObject {
  return petDocument({ paths: { "/pets": { get: operation("listPets", more) } }, ...rest });
}

/** The little API with one parameter of the query. */
export function asking(parameter: JsonObject): JsonObject {
  return listing({ parameters: [{ name: "limit", in: "query", ...parameter }] });
}

/** The little API with these answers. */
export function replying(responses: JsonObject): JsonObject {
  return petDocument({ paths: { "/pets": { get: { operationId: "listPets", responses } } } });
}

const PAGE = readSpec("webhook-subscriptions.md");
const EVENTS = readSpec("webhook-events.json");

/** The vendor's page before and after a change to its text. */
export function vendorRow(title: string, change: (page: string) => string, ...said: Said[]): Row {
  return row(title, mergePage(PAGE), mergePage(mustChange(title, PAGE, change)), ...said);
}

/** The description of the deliveries before and after a change to its text. */
export function eventsRow(title: string, change: (text: string) => string, ...said: Said[]): Row {
  const compact = JSON.stringify(parseJson(EVENTS));
  return row(title, parseObject(compact), parseObject(mustChange(title, compact, change)), ...said);
}

function readSpec(name: string): string {
  return readFileSync(new URL(`../../../spec/${name}`, import.meta.url), "utf8");
}

function mergePage(text: string): JsonObject {
  const problems = createProblems();
  const found = findInMarkdown({ name: "the vendor's page", text }, problems);
  const documents = found.flatMap((one) => toDocument("the vendor's page", one) ?? []);
  const { document } = mergeDocuments(documents, problems);
  problems.throwIfAny();
  return document;
}

function parseObject(text: string): JsonObject {
  const value = parseJson(text);
  if (isObject(value)) return value;
  throw new Error(`Expected an object, but found ${text}`);
}

/** A row whose text is no longer on the page would test nothing. */
function mustChange(title: string, text: string, change: (text: string) => string): string {
  const changed = change(text);
  if (changed !== text) return changed;
  throw new Error(`The row "${title}" changes nothing: is its text still in the page?`);
}
