import { changed, type Finding } from "./finding.js";
import { labelOf } from "./label-of.js";
import type { Shape } from "./read-shape.js";
import { covers } from "./read-types.js";

/** The changes to the types of a value, and whether its other rules can be compared. */
export interface TypeComparison {
  findings: Finding[];
  isComparable: boolean;
}

/** Compares types, including null. Leaves lists of values to `compareValues`. */
export function compareTypes(was: Shape, now: Shape): TypeComparison {
  if (was.values && now.values && !mayBeNull(was) && !mayBeNull(now)) return SAME;
  if (isEnumOfAny(was, now)) return SAME;
  const [old, current] = [typesOf(was), typesOf(now)];
  if (hasAlternatives(was) && hasAlternatives(now)) return compareNull(was, now);
  if (equal(old, current)) return compareNull(was, now);
  const wasNow = `was ${describe(was)}, is now ${describe(now)}`;
  const isComparable = old !== undefined && current !== undefined && overlap(old, current);
  if (includes(current, old) && (mayBeNull(now) || !mayBeNull(was)))
    return { findings: [changed("type-generalized", "wider", wasNow)], isComparable };
  if (includes(old, current) && (mayBeNull(was) || !mayBeNull(now)))
    return { findings: [changed("type-specialized", "narrower", wasNow)], isComparable };
  return { findings: [changed("type-changed", "breaking", wasNow)], isComparable };
}

const SAME: TypeComparison = { findings: [], isComparable: true };

/** Whether one side is a list of values and the other allows any type; the values say more. */
function isEnumOfAny(was: Shape, now: Shape): boolean {
  return (!typesOf(was) && now.values !== undefined) || (!typesOf(now) && was.values !== undefined);
}

function compareNull(was: Shape, now: Shape): TypeComparison {
  if (mayBeNull(was) === mayBeNull(now)) return SAME;
  const finding = mayBeNull(now)
    ? changed("became-nullable", "wider", "may now be null")
    : changed("became-not-nullable", "narrower", "may no longer be null");
  return { findings: [finding], isComparable: true };
}

/** Without a type, any value is allowed, including null. */
export function mayBeNull(shape: Shape): boolean {
  return shape.isNullable ?? (shape.types === undefined && !hasAlternatives(shape));
}

/** The types, or a placeholder for a union, whose alternatives have their own types. */
function typesOf(shape: Shape): ReadonlySet<string> | undefined {
  return shape.isUnion ? new Set(["alternatives"]) : shape.types;
}

function hasAlternatives(shape: Shape): boolean {
  return shape.alternatives.length > 0;
}

type Types = ReadonlySet<string> | undefined;

function equal(first: Types, second: Types): boolean {
  return first === second || (includes(first, second) && includes(second, first));
}

function includes(wide: Types, narrow: Types): boolean {
  return wide === undefined || (narrow !== undefined && covers(wide, narrow));
}

function overlap(first: ReadonlySet<string>, second: ReadonlySet<string>): boolean {
  return [...first].some(
    (type) => covers(second, new Set([type])) || (type === "number" && second.has("integer")),
  );
}

function describe(shape: Shape): string {
  const types = shape.types && [...shape.types].map((type) => withFormat(type, shape)).sort();
  const named = shape.alternatives.map(({ schema }) => labelOf(schema));
  const all = named.length > 0 ? named : (types ?? ["any"]);
  const isNullShown = mayBeNull(shape) && all[0] !== "any";
  return [...all, ...(isNullShown ? ["null"] : [])].join(" or ") || "nothing";
}

function withFormat(type: string, { formats }: Shape): string {
  const isNumber = type === "integer" || type === "number";
  return isNumber && formats.length > 0 ? `${type} (${formats.join(", ")})` : type;
}
