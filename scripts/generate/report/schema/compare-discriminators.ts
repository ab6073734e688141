import { objectAt, stringAt, type Json, type JsonObject } from "../../json.js";
import { changed, type Finding } from "./finding.js";
import type { Candidate } from "./match-alternatives.js";
import type { Shape } from "./read-shape.js";

/** Compares the discriminators; `pairs` are the alternatives that match. */
export function compareDiscriminators(
  { discriminator: was }: Shape,
  { discriminator: now }: Shape,
  pairs: [Candidate, Candidate][],
): Finding[] {
  const [old = "", current = ""] = [was, now].map((one) => stringAt(one, "propertyName"));
  if (!was && !now) return [];
  if (!was) return [changed("discriminator-added", "compatible", `now discriminator ${current}`)];
  if (!now) return [changed("discriminator-removed", "wider", `no longer discriminator ${old}`)];
  const wasNow = `was discriminator ${old}, is now discriminator ${current}`;
  return [
    ...(old === current
      ? []
      : [changed("discriminator-property-name-changed", "breaking", wasNow)]),
    ...(pairs.length > 0 ? pairs.flatMap(compareKeys) : compareMappings(was, now)),
  ];
}

function compareKeys([before, after]: [Candidate, Candidate]): Finding[] {
  const [was, now] = [keysOf(before), keysOf(after)];
  const path = `<${after.label}>`;
  return [
    ...was.filter((key) => !now.includes(key)).map((key) => presence("removed", key, path)),
    ...now.filter((key) => !was.includes(key)).map((key) => presence("added", key, path)),
  ];
}

/** The values that select an alternative; by default the name of its component. */
function keysOf({ discriminator, schema: { name } }: Candidate): string[] {
  if (!discriminator || name === undefined) return [];
  const mapping = Object.entries(objectAt(discriminator, "mapping"));
  const keys = mapping.filter(([, target]) => targetName(target) === name).map(([key]) => key);
  return keys.length > 0 ? keys : [name];
}

/** Compares the mappings of schemas that list no alternatives themselves. */
function compareMappings(was: JsonObject, now: JsonObject): Finding[] {
  const [old, current] = [objectAt(was, "mapping"), objectAt(now, "mapping")];
  return [...new Set([...Object.keys(old), ...Object.keys(current)])].flatMap((key) => {
    const [before, after] = [targetName(old[key]), targetName(current[key])];
    if (before === after) return [];
    if (before === undefined) return [presence("added", key, "")];
    if (after === undefined) return [presence("removed", key, "")];
    const detail = `${JSON.stringify(key)} was ${before}, is now ${after}`;
    return [changed("discriminator-mapping-changed", "breaking", detail)];
  });
}

function presence(verb: "added" | "removed", key: string, path: string): Finding {
  return {
    rule: `{at}-discriminator-mapping-${verb === "added" ? "added" : "deleted"}`,
    effect: verb === "added" ? "wider" : "breaking",
    ...{ verb, detail: `discriminator value ${JSON.stringify(key)}`, path },
  };
}

/** A target is a `$ref` or the bare name of a component. */
function targetName(target: Json | undefined): string | undefined {
  return typeof target === "string" ? target.split("/").at(-1) : undefined;
}
