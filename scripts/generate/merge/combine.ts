import { isObject, pointerStep, type Json, type JsonObject } from "../json.js";
import { NAMED } from "../visit-objects.js";

/** A difference between two values for the same pointer; `undefined` means that one is missing. */
export interface Difference {
  pointer: string;
  first: Json | undefined;
  second: Json | undefined;
  /** Whether only readers notice it: in a description, an example or the order of a set. */
  isProse: boolean;
}

/** Members that are written for readers. */
const PROSE = new Set([
  ...["$comment", "description", "example", "examples", "externalDocs", "info", "summary"],
  ...["tags", "title"],
]);

/** Lists whose order has no meaning. */
const SETS = new Set([
  "allOf",
  "anyOf",
  "enum",
  "oneOf",
  "parameters",
  "required",
  "security",
  "type",
]);

/**
 * Combines two values for the same pointer into one, and reports where they differ. Keeps the longer
 * of two texts, whatever their order.
 */
export function combine(
  first: Json,
  second: Json,
  at: { pointer: string; member: string; isNamed: boolean },
  report: (difference: Difference) => void,
): Json {
  return both(first, second, at.pointer, at.member, at.isNamed) ?? null;

  function both(
    a: Json | undefined,
    b: Json | undefined,
    pointer: string,
    member: string,
    isNamed: boolean,
  ): Json | undefined {
    if (isProse(member, isNamed) || isIdOfOne(member, a, b)) {
      if (JSON.stringify(a) !== JSON.stringify(b)) {
        report({ pointer, first: a, second: b, isProse: true });
      }
      return longer(a, b);
    }
    if (isObject(a) && isObject(b)) return objects(a, b, pointer, !isNamed && NAMED.has(member));
    if (Array.isArray(a) && Array.isArray(b) && a.length === b.length) {
      return lists(a, b, pointer, member);
    }
    if (a !== b) report({ pointer, first: a, second: b, isProse: false });
    return a ?? b;
  }

  function objects(a: JsonObject, b: JsonObject, pointer: string, holdsNamed: boolean): JsonObject {
    const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
    const members = names.map((name): [string, Json] => {
      const inner = pointer + pointerStep(name);
      return [name, both(own(a, name), own(b, name), inner, name, holdsNamed) ?? null];
    });
    return Object.fromEntries(members);
  }

  function lists(a: Json[], b: Json[], pointer: string, member: string): Json[] {
    const matched = SETS.has(member) ? inOrderOf(a, b) : b;
    if (matched !== b) report({ pointer, first: a, second: b, isProse: true });
    return a.map((entry, index) => {
      return both(entry, matched[index], pointer + pointerStep(index), "", false) ?? null;
    });
  }
}

function isProse(member: string, isNamed: boolean): boolean {
  return !isNamed && (PROSE.has(member) || member.startsWith("x-"));
}

/** Whether only one page gives the operation an id. */
function isIdOfOne(member: string, a: Json | undefined, b: Json | undefined): boolean {
  return member === "operationId" && (a === undefined || b === undefined);
}

function longer(a: Json | undefined, b: Json | undefined): Json | undefined {
  const [first, second] = [JSON.stringify(a ?? ""), JSON.stringify(b ?? "")];
  if (first.length !== second.length) return first.length > second.length ? a : b;
  return first >= second ? a : b;
}

/** The entries of `b` in the order of `a`; `b` itself if the order is the same or entries differ. */
function inOrderOf(a: Json[], b: Json[]): Json[] {
  const rest = b.map((entry) => ({ entry, text: withoutProse(entry) }));
  const order = a.map((entry) => {
    const text = withoutProse(entry);
    const index = rest.findIndex((one) => one.text === text);
    return index < 0 ? undefined : rest.splice(index, 1)[0]?.entry;
  });
  const found = order.filter((entry) => entry !== undefined);
  return found.length < a.length || found.every((entry, index) => entry === b[index]) ? b : found;
}

/** A text that is equal for two values that differ only in prose and in the order of members. */
export function withoutProse(value: Json): string {
  return JSON.stringify(sorted(value, "", false));
}

function sorted(value: Json, member: string, isNamed: boolean): Json {
  if (Array.isArray(value)) return value.map((entry) => sorted(entry, "", false));
  if (!isObject(value)) return value;
  const names = Object.keys(value).sort();
  const holdsNamed = !isNamed && NAMED.has(member);
  return Object.fromEntries(
    names
      .filter((name) => !isProse(name, holdsNamed))
      .map((name) => [name, sorted(value[name] ?? null, name, holdsNamed)]),
  );
}

function own(object: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}
