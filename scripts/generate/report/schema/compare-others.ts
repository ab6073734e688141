import type { Json } from "../../json.js";
import { canonical } from "../canonical.js";
import { changed, type Finding } from "./finding.js";
import type { Shape } from "./read-shape.js";

/** The rare keywords that hold one schema. */
export const SCHEMA_KEYWORDS = new Set([
  ...["not", "if", "then", "else", "contains", "propertyNames", "contentSchema"],
  ...["unevaluatedItems", "unevaluatedProperties"],
]);

/** Compares the rare keywords; `isSame` decides whether two schemas are equivalent. */
export function compareOthers(
  was: Shape,
  now: Shape,
  isSame: (before: Json, after: Json) => boolean,
): Finding[] {
  const names = new Set([...was.others.keys(), ...now.others.keys()]);
  return [...names].flatMap((name) => {
    const [old = [], current = []] = [was.others.get(name), now.others.get(name)];
    if (old.length === current.length && old.every((one, at) => isEqual(name, one, current[at])))
      return [];
    const rule = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replace("$", "");
    const text = current.map(canonical).join(" and ");
    if (old.length === 0) return [changed(`${rule}-added`, "narrower", `now ${name} ${text}`)];
    const before = old.map(canonical).join(" and ");
    if (!text) return [changed(`${rule}-removed`, "wider", `no longer ${name} ${before}`)];
    const wasNow = `was ${name} ${before}, is now ${name} ${text}`;
    return [changed(`${rule}-changed`, "breaking", wasNow)];
  });

  function isEqual(name: string, one: Json, other: Json = null): boolean {
    return canonical(one) === canonical(other) || (SCHEMA_KEYWORDS.has(name) && isSame(one, other));
  }
}
