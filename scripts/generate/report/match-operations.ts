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

/** All operations of a document, also those of paths that are a `$ref`. */
export function operationsOf(document: JsonObject): Operation[] {
  const paths = Object.entries(objectAt(document, "paths"));
  const items = paths.map(([path, item]) => [path, followObject(document, item)] as const);
  return listOperations({ paths: Object.fromEntries(items) });
}

/** Finds which operations are the same, also where one has got another path. */
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

/** What a parameter is called makes no difference to a URL. */
export function templateOf(path: string): string {
  return path.replaceAll(/\{[^}]*\}/g, "{}");
}

/** Of how many candidates the contents are compared; what has moved is among the nearest. */
const MAX_CANDIDATES = 10;

/** Moves what both tests pair out of the rest; the nearest path wins. */
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

/** With another id it is another operation; without one it has kept its method or its path. */
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

/** How many steps of the paths differ. */
function distance({ path: was }: Operation, { path: now }: Operation): number {
  const [old, current] = [templateOf(was).split("/"), templateOf(now).split("/")];
  const shared = old.filter((step) => current.includes(step)).length;
  return old.length + current.length - 2 * shared;
}
