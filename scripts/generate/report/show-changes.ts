import type { Change } from "./compare-apis.js";
import { byCodeUnit } from "../json.js";

/** Writes changes as aligned lines, the breaking ones first, each change once with all its places. */
export function showChanges(changes: Change[]): string[] {
  const places = new Map<string, Set<string>>();
  for (const change of changes) {
    const line = lineOf(change);
    places.set(line, (places.get(line) ?? new Set()).add(change.place));
  }
  // "breaking" sorts before "compatible".
  const lines = [...places].sort(([a], [b]) => byCodeUnit(a, b));
  const breaking = lines.filter(([line]) => line.startsWith("breaking")).length;
  return [
    "Changes in the API since the last run:",
    ...lines.map(([line, found]) => line + showPlaces(found)),
    `${breaking} breaking, ${lines.length - breaking} compatible.`,
  ];
}

function lineOf({ isBreaking, verb, subject, detail }: Change): string {
  const mark = isBreaking ? "breaking" : "compatible";
  const text = detail ? `${subject}: ${detail}` : subject;
  return `${mark.padEnd("compatible".length)}  ${verb.padEnd("removed".length)}  ${text}`;
}

// Three operations fit on a line; a shared schema may have thirty.
const MAX_PLACES = 3;

function showPlaces(found: ReadonlySet<string>): string {
  const places = [...found].filter((place) => place !== "").sort(byCodeUnit);
  if (places.length === 0) return "";
  const rest = places.length - MAX_PLACES;
  const shown = places.slice(0, MAX_PLACES).join(", ");
  return rest > 0 ? `  (${shown} and ${rest} more)` : `  (${shown})`;
}
