import type { Side } from "../change.js";
import { compareMember, type Member } from "./compare-member.js";
import type { Finding } from "./finding.js";
import type { Property } from "./read-properties.js";
import { ownerBeside, sharedOwner } from "./shared-owner.js";
import type { Comparison, Pair, Step } from "./step.js";

/** Compares the members of an object for the side that writes or reads them. */
export function compareProperties({ before, after, side }: Pair): Comparison {
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

/** Requests have no read-only members, and responses have no write-only members. */
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
