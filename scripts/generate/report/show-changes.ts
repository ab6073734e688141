import type { Change, Level } from "./change.js";
import { joinPlaces } from "./join-places.js";

/**
 * Formats the changes since `base`, such as "the last commit", as aligned lines that end with the
 * number of changes of each level. Changes that differ only in their rule are one line.
 */
export function showChanges(all: Change[], base: string): string[] {
  const changes = joinPlaces(all.map((change) => ({ ...change, rule: "" })));
  const [only] = all;
  if (!only) return [`No change in the API since ${base}.`];
  if (only.rule === "texts-changed")
    return [`No change in the API since ${base}: only texts differ.`];
  const { breaking, compatible, note } = countLevels(changes);
  const notes = note === 0 ? "" : `, ${note} ${note === 1 ? "note" : "notes"}`;
  return [
    `Changes in the API since ${base}:`,
    ...changes.map(showChange),
    `${breaking} breaking, ${compatible} compatible${notes}.`,
  ];
}

/** The number of changes of each level. */
export function countLevels(changes: Change[]): Record<Level, number> {
  const counts: Record<Level, number> = { breaking: 0, compatible: 0, note: 0 };
  for (const { level } of changes) counts[level]++;
  return counts;
}

/** Formats one change as a line. */
export function showChange({ level, verb, subject, detail, places }: Change): string {
  const text = detail ? `${subject}: ${detail}` : subject;
  return `${level.padEnd("compatible".length)}  ${verb.padEnd("removed".length)}  ${text}${showPlaces(places)}`;
}

// Three operations fit on a line; a shared schema may have thirty.
const MAX_PLACES = 3;

function showPlaces(places: string[]): string {
  if (places.length === 0) return "";
  const rest = places.length - MAX_PLACES;
  const shown = places.slice(0, MAX_PLACES).join(", ");
  return rest > 0 ? `  (${shown} and ${rest} more)` : `  (${shown})`;
}
