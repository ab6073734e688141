import { changed, type Finding } from "./finding.js";
import type { Shape } from "./read-shape.js";
import { isStricter, LIMIT_NAMES, LIMITS, type Limit, type LimitName } from "./read-limits.js";

/** Compares the limits of the types that are allowed before and after. */
export function compareLimits(was: Shape, now: Shape): Finding[] {
  return [
    ...LIMIT_NAMES.filter((name) => isAbout(was, now, LIMITS[name].type)).flatMap((name) =>
      compareBound(name, was.limits.bounds[name], now.limits.bounds[name]),
    ),
    ...(isAbout(was, now, "number") ? compareMultiples(was, now) : []),
    ...(isAbout(was, now, "array") ? compareUnique(was, now) : []),
  ];
}

/** Whether both schemas allow the type, so that its limits have an effect in both. */
export function isAbout({ types: was }: Shape, { types: now }: Shape, type: string): boolean {
  return [was, now].every(
    (types) => !types || types.has(type) || (type === "number" && types.has("integer")),
  );
}

function compareBound(name: LimitName, was: Limit | undefined, now: Limit | undefined): Finding[] {
  if (!was) return now ? [changed(`${name}-set`, "narrower", `now ${show(name, now)}`)] : [];
  if (!now) return [changed(`${name}-unset`, "wider", `no longer ${show(name, was)}`)];
  const wasNow = `was ${show(name, was)}, is now ${show(name, now)}`;
  const [tighter, looser] = LIMITS[name].isUpper
    ? ["decreased", "increased"]
    : ["increased", "decreased"];
  if (isStricter(now, was, name)) return [changed(`${name}-${tighter}`, "narrower", wasNow)];
  if (isStricter(was, now, name)) return [changed(`${name}-${looser}`, "wider", wasNow)];
  return [];
}

function show(name: LimitName, { value, isExclusive }: Limit): string {
  const { keyword } = LIMITS[name];
  const exclusive = keyword === "maximum" ? "exclusiveMaximum" : "exclusiveMinimum";
  return `${isExclusive ? exclusive : keyword} ${value}`;
}

function compareMultiples(was: Shape, now: Shape): Finding[] {
  const [old, current] = [was.limits.multiplesOf, now.limits.multiplesOf];
  if (old.join() === current.join()) return [];
  const text = current.join(" and ");
  if (old.length === 0) return [changed("multiple-of-set", "narrower", `now multipleOf ${text}`)];
  const before = old.join(" and ");
  if (!text) return [changed("multiple-of-unset", "wider", `no longer multipleOf ${before}`)];
  const wasNow = `was multipleOf ${before}, is now multipleOf ${text}`;
  if (divideAll(current, old)) return [changed("multiple-of-generalized", "wider", wasNow)];
  if (divideAll(old, current)) return [changed("multiple-of-specialized", "narrower", wasNow)];
  return [changed("multiple-of-changed", "breaking", wasNow)];
}

/** Whether every divisor divides one of the numbers. */
function divideAll(divisors: number[], numbers: number[]): boolean {
  return divisors.every((divisor) =>
    numbers.some((number) => Number.isInteger(Number((number / divisor).toPrecision(12)))),
  );
}

function compareUnique(was: Shape, now: Shape): Finding[] {
  if (was.limits.hasUniqueItems === now.limits.hasUniqueItems) return [];
  return now.limits.hasUniqueItems
    ? [changed("unique-items-set", "narrower", "entries must now be unique")]
    : [changed("unique-items-unset", "wider", "entries may now repeat")];
}
