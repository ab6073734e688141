import type { Change } from "./change.js";
import { compareBody } from "./compare-body.js";
import { compareParameters } from "./compare-parameters.js";
import { compareResponses } from "./compare-responses.js";
import { changed, presence, type Context, type OperationPair } from "./context.js";
import { stringAt } from "../json.js";
import type { Operation } from "../list-operations.js";
import {
  matchOperations,
  operationsOf,
  templateOf,
  type MatchedOperations,
} from "./match-operations.js";
import { showSunset } from "./schema/compare-notes.js";

/** Pairs the operations that are the same in both documents. */
export function pairOperations(context: Context): MatchedOperations {
  const [before, after] = [operationsOf(context.before), operationsOf(context.after)];
  return matchOperations(before, after, (was, now) => {
    const hasSameTexts = ["summary", "operationId"].every((name) => {
      const [old, current] = [stringAt(was.definition, name), stringAt(now.definition, name)];
      return old === undefined || current === undefined || old === current;
    });
    return hasSameTexts && compareContents(context, { was, now, place: "" }).length === 0;
  });
}

/** Compares the operations, with their requests and responses. */
export function compareOperations(context: Context, matched: MatchedOperations): Change[] {
  const paths = new Set(operationsOf(context.after).map(({ path }) => templateOf(path)));
  return [
    ...matched.removed.map((operation) => removal(operation, paths)),
    ...matched.added.map(({ label: subject }) =>
      presence("endpoint-added", "compatible", { verb: "added", subject, place: "" }),
    ),
    ...matched.pairs.flatMap((pair) => [
      ...comparePaths(pair),
      ...compareIds(pair),
      ...compareDeprecation(pair),
      ...compareContents(context, pair),
    ]),
  ];
}

function removal({ label, path, definition }: Operation, paths: ReadonlySet<string>): Change {
  const what = paths.has(templateOf(path)) ? "api" : "api-path";
  const how = definition["deprecated"] === true ? "with-deprecation" : "without-deprecation";
  const about = { verb: "removed", subject: label, place: "" } as const;
  return presence(`${what}-removed-${how}`, "breaking", about);
}

function comparePaths({ was, now, place }: OperationPair): Change[] {
  if (was.method !== now.method) {
    const about = { subject: was.label, detail: `is now ${now.label}` };
    return [
      changed("api-method-changed", "breaking", {
        ...about,
        place: place === now.label ? "" : place,
      }),
    ];
  }
  if (templateOf(was.path) === templateOf(now.path)) return [];
  const about = { subject: was.path, detail: `is now ${now.path}`, place };
  return [changed("api-path-renamed", "breaking", about)];
}

function compareIds({ was, now }: OperationPair): Change[] {
  const [old, current] = [was, now].map(({ definition }) => stringAt(definition, "operationId"));
  if (old === current) return [];
  const about = { subject: now.label, place: "" };
  if (old === undefined) {
    const detail = `now has the operationId ${current ?? ""}`;
    return [changed("api-operation-id-added", "note", { ...about, detail })];
  }
  const detail = `was ${old}, is now ${current ?? "without an operationId"}`;
  return [changed("api-operation-id-changed", "breaking", { ...about, detail })];
}

function compareDeprecation({ was, now }: OperationPair): Change[] {
  const [old, current] = [was, now].map(({ definition }) => definition["deprecated"] === true);
  const [before, after] = [was, now].map(({ definition }) => stringAt(definition, "x-sunset"));
  const note = (rule: string, detail: string): Change[] => [
    changed(rule, "note", { subject: now.label, detail, place: "" }),
  ];
  if (!old && current) return note("endpoint-deprecated", `now deprecated${showSunset(after)}`);
  if (old && !current) return note("endpoint-reactivated", "no longer deprecated");
  if (!current || before === after) return [];
  const wasNow = `sunset was ${before ?? "not set"}, is now ${after ?? "not set"}`;
  return note("api-sunset-date-changed", wasNow);
}

function compareContents(context: Context, pair: OperationPair): Change[] {
  return [
    ...compareParameters(context, pair),
    ...compareBody(context, pair),
    ...compareResponses(context, pair),
  ];
}
