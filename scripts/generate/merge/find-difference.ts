import { isObject, pointerStep, type Json } from "../json.js";

/** The first place where two values differ; `undefined` stands for a member that is not there. */
export interface Difference {
  pointer: string;
  first: Json | undefined;
  second: Json | undefined;
}

/** Compares two JSON values; the order of members does not matter, that of entries does. */
export function findDifference(
  first: Json | undefined,
  second: Json | undefined,
  pointer = "",
): Difference | undefined {
  if (first === second) return undefined;
  if (isObject(first) && isObject(second)) {
    const names = new Set([...Object.keys(first), ...Object.keys(second)]);
    return firstOf([...names], (name) =>
      findDifference(own(first, name), own(second, name), pointer + pointerStep(name)),
    );
  }
  if (Array.isArray(first) && Array.isArray(second) && first.length === second.length) {
    return firstOf([...first.keys()], (index) =>
      findDifference(first[index], second[index], pointer + pointerStep(index)),
    );
  }
  return { pointer, first, second };
}

/** Writes both values of a difference, cut to the part where they part. */
export function showDifference({ first, second }: Difference): [string, string] {
  const a = first === undefined ? "nothing" : JSON.stringify(first);
  const b = second === undefined ? "nothing" : JSON.stringify(second);
  let same = 0;
  while (same < a.length && a[same] === b[same]) same++;
  return [excerpt(a, same), excerpt(b, same)];
}

// Long enough for an enum of a dozen names, short enough for one line of a terminal or two.
const EXCERPT_LENGTH = 160;

function excerpt(text: string, around: number): string {
  if (text.length <= EXCERPT_LENGTH) return text;
  const start = Math.max(0, Math.min(around - 40, text.length - EXCERPT_LENGTH));
  const end = start + EXCERPT_LENGTH;
  return `${start > 0 ? "…" : ""}${text.slice(start, end)}${end < text.length ? "…" : ""}`;
}

function own(object: Record<string, Json>, name: string): Json | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function firstOf<T>(items: T[], find: (item: T) => Difference | undefined): Difference | undefined {
  for (const item of items) {
    const found = find(item);
    if (found) return found;
  }
  return undefined;
}
