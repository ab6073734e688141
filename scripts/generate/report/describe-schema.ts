import { stringAt, type Json, type JsonObject } from "../json.js";
import { refName } from "../resolve-ref.js";
import { schemaShape } from "./schema-shape.js";

/** One thing that a user of the API may rely on. */
export interface Fact {
  /** The fact that this one is a part of; where that is gone, this one is not worth a line. */
  parent?: string;
  /** Who must follow it: the caller (request), the server (response), or both (contract). */
  side: "request" | "response" | "contract";
  /** What it is about, such as `WebhookSubscription.id`. */
  subject: string;
  /** Which operation and answer it was found in. */
  place: string;
  types: string[];
  isRequired: boolean;
  /** Whether it is one of several schemas of which a value follows one. */
  isAlternative: boolean;
  values?: string[];
  limits: string[];
}

/** Facts by a key that is the same in two documents for what is the same in both. */
export type Facts = Map<string, Fact>;

/** Where a walk through schemas stands. */
export interface Position {
  key: string;
  parent: string;
  side: "request" | "response";
  subject: string;
  place: string;
  isRequired: boolean;
  isAlternative?: boolean;
}

/** Adds the facts about a schema and about all that it holds. */
export function describeSchema(
  document: JsonObject,
  facts: Facts,
  schema: Json,
  position: Position,
): void {
  walk(schema, position, []);

  function walk(current: Json, at: Position, above: string[]): void {
    const { types, values, limits, required, inside, alternatives } = schemaShape(
      document,
      current,
    );
    facts.set(at.key, {
      ...{ parent: at.parent, side: at.side, subject: at.subject, place: at.place },
      ...{ types, limits, isRequired: at.isRequired, isAlternative: at.isAlternative ?? false },
      ...(values ? { values } : {}),
    });
    const name = nameOf(current);
    if (name && isDeepEnough(name, above)) return;
    const path = name ? [...above, name] : above;
    const owner = name ?? at.subject;
    const { side, place } = at;
    for (const [step, schema] of inside) {
      const isRequired = step === "[]" || required.includes(step.slice(1));
      const child = { key: at.key + step, parent: at.key, subject: owner + step };
      walk(schema, { ...child, side, place, isRequired }, path);
    }
    for (const [label, schema] of alternatives) {
      const child = { key: `${at.key}<${label}>`, parent: at.key, subject: `${owner}<${label}>` };
      walk(schema, { ...child, side, place, isRequired: true, isAlternative: true }, path);
    }
  }
}

/** Keeps schemas that lead to one another in every way from taking exponential time. */
const MAX_DEPTH = 6;

function isDeepEnough(name: string, above: string[]): boolean {
  return above.includes(name) || above.length >= MAX_DEPTH;
}

function nameOf(schema: Json): string | undefined {
  const ref = stringAt(schema, "$ref");
  return ref === undefined ? undefined : refName(ref);
}
