import type { Change, Level } from "./change.js";
import type { JsonObject } from "../json.js";
import { stringAt } from "../json.js";
import type { Operation } from "../list-operations.js";
import type { SchemaComparison } from "./schema/compare-schemas.js";

/** The two documents to compare. */
export interface Context {
  before: JsonObject;
  after: JsonObject;
  schemas: SchemaComparison;
}

/** An operation in both documents. */
export interface OperationPair {
  was: Operation;
  now: Operation;
  /** Its name for users of the client. */
  place: string;
}

/** The id of an operation, or `GET /path` if it has none. */
export function nameOf({ label, definition }: Operation): string {
  return stringAt(definition, "operationId") ?? label;
}

/** A change that `detail` describes. */
export function changed(
  rule: string,
  level: Level,
  { subject, detail, place }: { subject: string; detail: string; place: string },
): Change {
  return { rule, level, verb: "changed", subject, detail, places: placesOf(place) };
}

/** An addition or a removal. */
export function presence(
  rule: string,
  level: Level,
  about: { verb: "added" | "removed"; subject: string; detail?: string; place: string },
): Change {
  const { verb, subject, detail = "", place } = about;
  return { rule, level, verb, subject, detail, places: placesOf(place) };
}

function placesOf(place: string): string[] {
  return place === "" ? [] : [place];
}
