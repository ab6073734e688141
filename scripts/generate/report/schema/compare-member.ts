import type { Side } from "../change.js";
import { compareNotes } from "./compare-notes.js";
import type { Finding } from "./finding.js";
import type { Notes } from "./read-notes.js";
import type { Property } from "./read-properties.js";

/** A member with the notes of its own schema. */
export interface Member {
  property: Property;
  /** Whether the side that writes or reads the object has this member. */
  isVisible: boolean;
  notes: Notes;
}

/** The fields that all findings about a member share. */
type About = Pick<Finding, "owner" | "path">;

/** A member in both documents. */
export interface Seen {
  about: About;
  side: Side;
  old: Member | undefined;
  current: Member | undefined;
}

/** Compares whether a member exists, whether it is required, and its notes. */
export function compareMember({ about, side, old, current }: Seen): Finding[] {
  if (current?.isVisible) {
    if (old?.isVisible) return compareVisible(about, side, old, current);
    return [old ? shown(about, side, current) : added(about, side, current)];
  }
  if (old?.isVisible) return [current ? hidden(about, side) : removed(about, side, old)];
  return [];
}

function added(about: About, side: Side, { property }: Member): Finding {
  const { isRequired } = property;
  const need = isRequired ? "required" : "optional";
  const isRequest = side === "request";
  return {
    ...about,
    rule: isRequest ? `new-${need}-{inner}` : `response-${need}-{member}-added`,
    effect: isRequest && isRequired ? "breaking" : "compatible",
    verb: "added",
    detail: isRequest ? need : "",
  };
}

function removed(about: About, side: Side, { property }: Member): Finding {
  const need = property.isRequired ? "required" : "optional";
  return {
    ...about,
    rule: side === "request" ? "{inner}-removed" : `response-${need}-{member}-removed`,
    effect: "breaking",
    verb: "removed",
    detail: "",
  };
}

function hidden(about: About, side: Side): Finding {
  const mark = side === "request" ? "read-only" : "write-only";
  const rule = `{inner}-became-${mark}`;
  return { ...about, rule, effect: "breaking", verb: "changed", detail: `now ${mark}` };
}

function shown(about: About, side: Side, { property }: Member): Finding {
  const mark = side === "request" ? "read-only" : "write-only";
  const mustSend = side === "request" && property.isRequired;
  return {
    ...about,
    rule: `{inner}-became-not-${mark}`,
    effect: mustSend ? "breaking" : "compatible",
    verb: "changed",
    detail: `no longer ${mark}${mustSend ? ", and required" : ""}`,
  };
}

function compareVisible(about: About, side: Side, old: Member, current: Member): Finding[] {
  const [was, now] = [old.property.isRequired, current.property.isRequired];
  const mayBeLeftOut = !was && !now;
  const notes = compareNotes(old.notes, current.notes, { side, mayBeLeftOut }).map((finding) => {
    const rule = finding.rule.replace("{at}", "{inner}");
    return { ...finding, ...about, rule };
  });
  return was === now ? notes : [...notes, requiredness(about, old, current)];
}

function requiredness(about: About, old: Member, current: Member): Finding {
  const { isRequired, requiredBy } = current.property;
  const word = isRequired ? "required" : "optional";
  return {
    rule: `{inner}-became-${word}`,
    effect: isRequired ? "narrower" : "wider",
    verb: "changed",
    detail: `now ${word}`,
    owner: (isRequired ? requiredBy : old.property.requiredBy) ?? about.owner,
    path: about.path,
  };
}
