import type { Change, Level } from "./change.js";
import { byCodeUnit } from "../json.js";

const ORDER: Record<Level, string> = { breaking: "1", compatible: "2", note: "3" };

/** Joins changes that differ only in their places, and puts breaking ones first. */
export function joinPlaces(changes: Change[]): Change[] {
  const joined = new Map<string, Change>();
  for (const change of changes) {
    const { rule, level, verb, subject, detail } = change;
    const key = JSON.stringify([ORDER[level], verb, subject, detail, rule]);
    const places = new Set([...(joined.get(key)?.places ?? []), ...change.places]);
    joined.set(key, { ...change, places: [...places].sort(byCodeUnit) });
  }
  return [...joined].sort(([a], [b]) => byCodeUnit(a, b)).map(([, change]) => change);
}
