import type { Change, Level } from "./change.js";
import { joinPlaces } from "./join-places.js";

/**
 * Writes the changes since `base`, such as "the last commit", as aligned lines with the number of
 * each level at the end. What callers and readers feel alike is one line.
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

/** How many changes there are of each level. */
export function countLevels(changes: Change[]): Record<Level, number> {
  const counts: Record<Level, number> = { breaking: 0, compatible: 0, note: 0 };
  for (const { level } of changes) counts[level]++;
  return counts;
}

/** One change as a line. */
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
