import { isAbout } from "./compare-limits.js";
import { shapesOf, stepTo, type Pair, type Step } from "./step.js";

/** Compares the entries of an array. */
export function compareItems(pair: Pair): Step[] {
  const [was, now] = shapesOf(pair);
  if (!isAbout(was, now, "array")) return [];
  const length = Math.max(was.prefix.length, now.prefix.length);
  const prefix = Array.from({ length }, (_, index) => ({
    ...{ path: `[${index}]`, old: was.prefix[index] ?? was.items },
    current: now.prefix[index] ?? now.items,
  }));
  return [...prefix, { path: "[]", old: was.items, current: now.items }]
    .filter(({ old, current }) => old.length + current.length > 0)
    .map(({ path, old, current }) => stepTo(pair, path, old, current));
}
