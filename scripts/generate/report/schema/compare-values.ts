import { changed, type Finding } from "./finding.js";
import type { Shape } from "./read-shape.js";

/** A removed value also breaks readers: code with a case for it no longer compiles. */
export function compareValues({ values: was }: Shape, { values: now }: Shape): Finding[] {
  if (!was && !now) return [];
  if (!was) return [changed("became-enum", "narrower", `now only ${now?.join(", ") ?? ""}`)];
  if (!now) return [changed("enum-removed", "wider", "now any value")];
  const removed = was.filter((value) => !now.includes(value));
  const added = now.filter((value) => !was.includes(value));
  if (was.length === 1 && now.length === 1 && removed[0] !== undefined) {
    return [changed("const-changed", "breaking", `was ${removed[0]}, is now ${now.join("")}`)];
  }
  return [
    ...removed.map((value) => valueFinding("removed", value)),
    ...added.map((value) => valueFinding("added", value)),
  ];
}

function valueFinding(verb: "added" | "removed", value: string): Finding {
  const effect = verb === "added" ? "wider" : "breaking";
  return { rule: `{at}-enum-value-${verb}`, effect, verb, detail: `value ${value}`, path: "" };
}
