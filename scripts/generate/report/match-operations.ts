import { objectAt, stringAt, type JsonObject } from "../json.js";
import { listOperations, type Operation } from "../list-operations.js";
import { nameOf, type OperationPair } from "./context.js";
import { followObject } from "./follow-ref.js";

export interface MatchedOperations {
  pairs: OperationPair[];
  removed: Operation[];
  added: Operation[];
}

/** Whether two operations look the same to a program that calls them. */
type Test = (was: Operation, now: Operation) => boolean;

/** All operations of a document, including those of path items behind a `$ref`. */
export function operationsOf(document: JsonObject): Operation[] {
  const paths = Object.entries(objectAt(document, "paths"));
  const items = paths.map(([path, item]) => [path, followObject(document, item)] as const);
  return listOperations({ paths: Object.fromEntries(items) });
}

/** Pairs the operations that are the same, even if their path changed. */
export function matchOperations(
  before: Operation[],
  after: Operation[],
  isSame: Test,
): MatchedOperations {
  const matched: MatchedOperations = { pairs: [], removed: [...before], added: [...after] };
  const hasSameUrl: Test = (was, now) => urlOf(was) === urlOf(now);
  takePairs(matched, hasSameUrl);
  takePairs(matched, hasSameId);
  takePairs(matched, mayBeSame, isSame);
  return matched;
}

/** The path without the names of its parameters, which make no difference to a URL. */
export function templateOf(path: string): string {
  return path.replaceAll(/\{[^}]*\}/g, "{}");
}

/** The number of nearest candidates whose contents are compared. */
const MAX_CANDIDATES = 10;

/** Moves the operations that both tests match to `pairs`; the nearest path wins. */
function takePairs(matched: MatchedOperations, test: Test, closeTest: Test = test): void {
  for (const was of [...matched.removed]) {
    const candidates = matched.added.filter((now) => test(was, now));
    candidates.sort((a, b) => distance(was, a) - distance(was, b));
    const now = candidates.slice(0, MAX_CANDIDATES).find((one) => closeTest(was, one));
    if (!now) continue;
    const hasId = stringAt(now.definition, "operationId") !== undefined;
    matched.pairs.push({ was, now, place: hasId ? nameOf(now) : now.label });
    matched.removed = matched.removed.filter((operation) => operation !== was);
    matched.added = matched.added.filter((operation) => operation !== now);
  }
}

function urlOf({ method, path }: Operation): string {
  return `${method} ${templateOf(path)}`;
}

function hasSameId(was: Operation, now: Operation): boolean {
  const id = stringAt(was.definition, "operationId");
  return id !== undefined && id === stringAt(now.definition, "operationId");
}

/** Two different ids mean two operations; without ids, the method or the path must be the same. */
function mayBeSame(was: Operation, now: Operation): boolean {
  const ids = [was, now].map(({ definition }) => stringAt(definition, "operationId"));
  if (ids[0] !== undefined && ids[1] !== undefined) return false;
  if (templateOf(was.path) === templateOf(now.path)) return hasSameSummary(was, now);
  return was.method === now.method;
}

function hasSameSummary(was: Operation, now: Operation): boolean {
  const summary = stringAt(was.definition, "summary");
  return summary !== undefined && summary === stringAt(now.definition, "summary");
}

/** The number of path segments that differ. */
function distance({ path: was }: Operation, { path: now }: Operation): number {
  const [old, current] = [templateOf(was).split("/"), templateOf(now).split("/")];
  const shared = old.filter((step) => current.includes(step)).length;
  return old.length + current.length - 2 * shared;
}
