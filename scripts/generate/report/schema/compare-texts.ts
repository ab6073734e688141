import type { Effect } from "../change.js";
import { isAbout } from "./compare-limits.js";
import { changed, type Finding } from "./finding.js";
import type { Shape } from "./read-shape.js";

/** Compares the formats and patterns of strings and numbers. */
export function compareTexts(was: Shape, now: Shape): Finding[] {
  return [
    ...compareFormats(was, now),
    ...(isAbout(was, now, "string") ? comparePatterns(was, now) : []),
  ];
}

function compareFormats(was: Shape, now: Shape): Finding[] {
  // The message of a changed type includes the format.
  if (hasOtherNumbers(was, now)) return [];
  const [old, current] = [was.formats.join(" and "), now.formats.join(" and ")];
  if (old === current) return [];
  const effect = formatEffect(old, current);
  if (!old) return [changed("format-added", effect, `now format ${current}`)];
  if (!current) return [changed("format-removed", effect, `no longer format ${old}`)];
  return [changed("format-changed", effect, `was format ${old}, is now format ${current}`)];
}

function hasOtherNumbers({ types: was }: Shape, { types: now }: Shape): boolean {
  return Boolean(was?.has("number")) !== Boolean(now?.has("number"));
}

/** The size of each number format; every JavaScript number is a double. */
const SIZES = new Map([
  ["int32", 1],
  ["int64", 2],
  ["float", 1],
  ["double", 2],
]);

function formatEffect(was: string, now: string): Effect {
  const [old, current] = [SIZES.get(was), SIZES.get(now)];
  if (old !== undefined || current !== undefined) {
    const difference = (old ?? 2) - (current ?? 2);
    if (difference === 0) return "compatible";
    return difference > 0 ? "narrower" : "wider";
  }
  if (!was) return "narrower";
  return now ? "breaking" : "wider";
}

function comparePatterns(was: Shape, now: Shape): Finding[] {
  const removed = was.patterns.filter((pattern) => !now.patterns.includes(pattern));
  const added = now.patterns.filter((pattern) => !was.patterns.includes(pattern));
  const [old, current] = [removed.join(" and "), added.join(" and ")];
  if (old && current)
    return [
      changed("pattern-changed", "breaking", `was pattern ${old}, is now pattern ${current}`),
    ];
  if (current) return [changed("pattern-added", "narrower", `now pattern ${current}`)];
  return old ? [changed("pattern-removed", "wider", `no longer pattern ${old}`)] : [];
}
