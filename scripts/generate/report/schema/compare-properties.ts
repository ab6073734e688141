import type { Side } from "../change.js";
import { compareNotes } from "./compare-notes.js";
import type { Finding } from "./finding.js";
import type { Property } from "./read-shape.js";
import { ownerBeside, sharedOwner } from "./shared-owner.js";
import type { Pair, Step } from "./step.js";

/** Compares the members of an object, as the side that writes or reads them sees them. */
export function compareProperties({ before, after, side }: Pair): {
  findings: Finding[];
  steps: Step[];
} {
  const members = [before.schema.shape.properties, after.schema.shape.properties] as const;
  const findings: Finding[] = [];
  const steps: Step[] = [];
  for (const name of new Set(members.flatMap((properties) => [...properties.keys()]))) {
    const [old, current] = [members[0].get(name), members[1].get(name)];
    const seen = { old: look(before, old, side), current: look(after, current, side) };
    const owner =
      old && current
        ? sharedOwner(old.owner, current.owner)
        : ((old && ownerBeside(old.owner, after.schema)) ??
          (current && ownerBeside(current.owner, before.schema)));
    findings.push(...compareMember({ ...seen, side, about: { owner, path: `.${name}` } }));
    if (old && current && seen.old?.isVisible && seen.current?.isVisible) {
      const [was, now] = [before.read(...old.schemas), after.read(...current.schemas)];
      steps.push({ owner, path: `.${name}`, before: was, after: now });
    }
  }
  return { findings, steps };
}

/** A member with what its own schema says about it. */
interface Member {
  property: Property;
  isVisible: boolean;
  notes: ReturnType<Pair["before"]["read"]>["shape"]["notes"];
}

/** Nobody sends what is read-only, and nobody is sent what is write-only. */
function look(
  { read }: Pair["before"],
  property: Property | undefined,
  side: Side,
): Member | undefined {
  if (!property) return undefined;
  const { notes } = read(...property.schemas).shape;
  const isVisible = !(side === "request" ? notes.isReadOnly : notes.isWriteOnly);
  return { property, isVisible, notes };
}

/** What all findings about a member begin with. */
type About = Pick<Finding, "owner" | "path">;

interface Seen {
  about: About;
  side: Side;
  old: Member | undefined;
  current: Member | undefined;
}

function compareMember({ about, side, old, current }: Seen): Finding[] {
  if (current?.isVisible) {
    if (old?.isVisible) return compareVisible(about, side, old, current);
    return [old ? shown(about, side, current) : added(about, side, current)];
  }
  if (old?.isVisible) return [current ? hidden(about, side, old) : removed(about, side, old)];
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

function hidden(about: About, side: Side, { property }: Member): Finding {
  const mark = side === "request" ? "read-only" : "write-only";
  const rule = `{inner}-became-${mark}`;
  return {
    ...about,
    ...{ rule, effect: "breaking", verb: "changed", detail: `now ${mark}` },
  };
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
