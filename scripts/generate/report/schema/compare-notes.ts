import type { Side } from "../change.js";
import { changed, type Finding } from "./finding.js";
import type { Notes } from "./read-notes.js";

/** Compares the notes on a value: its default, its deprecation and its read and write marks. */
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

/** The end of a deprecation for a message, if the extension `x-sunset` states one. */
export function showSunset(sunset: string | undefined): string {
  return sunset ? `, sunset ${sunset}` : "";
}

function compareDeprecation(was: Notes, now: Notes): Finding[] {
  const { isDeprecated, sunset } = now;
  if (isDeprecated && !was.isDeprecated)
    return [changed("deprecated", "note", `now deprecated${showSunset(sunset)}`)];
  if (was.isDeprecated && !isDeprecated)
    return [changed("reactivated", "note", "no longer deprecated")];
  if (!isDeprecated || sunset === was.sunset) return [];
  const wasNow = `sunset was ${was.sunset ?? "not set"}, is now ${sunset ?? "not set"}`;
  return [changed("sunset-changed", "note", wasNow)];
}

/** A default is the meaning of a missing value, and only callers leave values out. */
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

/** For members of an object, `compareMember` compares these marks instead. */
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
