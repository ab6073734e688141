import type { Side } from "../change.js";
import { changed, type Finding } from "./finding.js";
import type { Notes } from "./read-notes.js";

/** Compares what is said about a value besides what it may be. */
export function compareNotes(
  was: Notes,
  now: Notes,
  { side, mayBeLeftOut }: { side: Side; mayBeLeftOut: boolean },
): Finding[] {
  return [
    ...compareDeprecation(was, now),
    ...compareDefaults(was.defaultValue, now.defaultValue, side === "request" && mayBeLeftOut),
    ...compareMarks(was, now),
  ];
}

/** Says when something ends, if its extension `x-sunset` does. */
export function showSunset(sunset: string | undefined): string {
  return sunset ? `, to end ${sunset}` : "";
}

function compareDeprecation(was: Notes, now: Notes): Finding[] {
  const { isDeprecated, sunset } = now;
  if (isDeprecated && !was.isDeprecated)
    return [changed("deprecated", "note", `now deprecated${showSunset(sunset)}`)];
  if (was.isDeprecated && !isDeprecated)
    return [changed("reactivated", "note", "no longer deprecated")];
  if (!isDeprecated || sunset === was.sunset) return [];
  const wasNow = `was to end ${was.sunset ?? "some day"}, is now to end ${sunset ?? "some day"}`;
  return [changed("sunset-changed", "note", wasNow)];
}

/** A default is what leaving a value out means, and only a caller leaves something out. */
function compareDefaults(
  was: string | undefined,
  now: string | undefined,
  isFelt: boolean,
): Finding[] {
  if (was === now) return [];
  const effect = isFelt ? "breaking" : "note";
  if (was === undefined) {
    const added = isFelt ? "compatible" : "note";
    return [changed("default-value-added", added, `now default ${now ?? ""}`)];
  }
  if (now === undefined)
    return [changed("default-value-removed", effect, `no longer default ${was}`)];
  return [changed("default-value-changed", effect, `was default ${was}, is now default ${now}`)];
}

/** What decides whether a value is there at all is compared with the members of its object. */
function compareMarks(was: Notes, now: Notes): Finding[] {
  return [
    ...mark("read-only", was.isReadOnly, now.isReadOnly),
    ...mark("write-only", was.isWriteOnly, now.isWriteOnly),
  ];
}

function mark(name: string, was: boolean, now: boolean): Finding[] {
  if (was === now) return [];
  return [
    now
      ? changed(`became-${name}`, "note", `now ${name}`)
      : changed(`became-not-${name}`, "note", `no longer ${name}`),
  ];
}
