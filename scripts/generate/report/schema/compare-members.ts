import { canonical } from "../canonical.js";
import type { Json } from "../../json.js";
import { isAbout } from "./compare-limits.js";
import { changed, type Finding } from "./finding.js";
import type { Shape } from "./read-shape.js";
import type { Pair, Step } from "./step.js";

/** What a comparison finds at once, and where it goes on. */
export interface Comparison {
  findings: Finding[];
  steps: Step[];
}

/** Compares the entries of an array. */
export function compareItems(pair: Pair): Step[] {
  const [was, now] = shapesOf(pair);
  if (!isAbout(was, now, "array")) return [];
  const length = Math.max(was.prefix.length, now.prefix.length);
  const prefix = Array.from({ length }, (_, index) => ({
    ...{ path: `[${index}]`, old: was.prefix[index] ?? was.items },
    current: now.prefix[index] ?? now.items,
  }));
  return [...prefix, { path: "[]", old: was.items, current: now.items }]
    .filter(({ old, current }) => old.length + current.length > 0)
    .map(({ path, old, current }) => stepTo(pair, path, old, current));
}

function shapesOf({ before, after }: Pair): [Shape, Shape] {
  return [before.schema.shape, after.schema.shape];
}

function stepTo({ before, after }: Pair, path: string, was: Json[], now: Json[]): Step {
  return { path, before: before.read(...was), after: after.read(...now) };
}

/** Compares what is said about the members of an object that are not listed. */
export function compareOpenness(pair: Pair): Comparison {
  const [was, now] = shapesOf(pair);
  if (!isAbout(was, now, "object")) return { findings: [], steps: [] };
  const patterns = comparePatternProperties(pair);
  const { findings, steps } = compareAdditional(pair, was.additional, now.additional);
  return {
    findings: [...patterns.findings, ...findings],
    steps: [...patterns.steps, ...steps],
  };
}

type Additional = Shape["additional"];

function compareAdditional(pair: Pair, was: Additional, now: Additional): Comparison {
  if (was === now) return { findings: [], steps: [] };
  if (now === "closed") {
    // Of members that a reader knew by their type, none is left.
    const effect = was === "open" ? "narrower" : "breaking";
    const closed = changed("additional-properties-closed", effect, "now no other members");
    return { findings: [closed], steps: [] };
  }
  if (was === "closed") {
    const opened = changed("additional-properties-opened", "compatible", "now other members too");
    return { findings: [opened], steps: [] };
  }
  return { findings: [], steps: [stepTo(pair, ".*", schemasOf(was), schemasOf(now))] };
}

function schemasOf(additional: Additional): Json[] {
  return Array.isArray(additional) ? additional : [];
}

function comparePatternProperties(pair: Pair): Comparison {
  const [old, current] = shapesOf(pair).map((shape) => shape.patternProperties);
  if (!old || !current) return { findings: [], steps: [] };
  const removed = [...old.keys()].filter((pattern) => !current.has(pattern));
  const added = [...current.keys()].filter((pattern) => !old.has(pattern));
  return {
    findings: [
      ...removed.map((pattern) =>
        changed(
          "pattern-property-removed",
          "wider",
          `no longer a schema for members like ${pattern}`,
        ),
      ),
      ...added.map((pattern) =>
        changed("pattern-property-added", "narrower", `now a schema for members like ${pattern}`),
      ),
    ],
    steps: [...current].flatMap(([pattern, schemas]) => {
      const earlier = old.get(pattern);
      return earlier ? [stepTo(pair, `.{${pattern}}`, earlier, schemas)] : [];
    }),
  };
}

/** Those of the rare keywords that hold one schema. */
const SCHEMAS = new Set([
  ...["not", "if", "then", "else", "contains", "propertyNames", "contentSchema"],
  ...["unevaluatedItems", "unevaluatedProperties"],
]);

/** Compares the keywords that are rare; `isSame` says whether two schemas mean the same. */
export function compareOthers(
  was: Shape,
  now: Shape,
  isSame: (before: Json, after: Json) => boolean,
): Finding[] {
  const names = new Set([...was.others.keys(), ...now.others.keys()]);
  return [...names].flatMap((name) => {
    const [old = [], current = []] = [was.others.get(name), now.others.get(name)];
    if (old.length === current.length && old.every((one, at) => isEqual(name, one, current[at])))
      return [];
    const rule = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replace("$", "");
    const text = current.map(canonical).join(" and ");
    if (old.length === 0) return [changed(`${rule}-added`, "narrower", `now ${name} ${text}`)];
    const before = old.map(canonical).join(" and ");
    if (!text) return [changed(`${rule}-removed`, "wider", `no longer ${name} ${before}`)];
    const wasNow = `was ${name} ${before}, is now ${name} ${text}`;
    return [changed(`${rule}-changed`, "breaking", wasNow)];
  });

  function isEqual(name: string, one: Json, other: Json = null): boolean {
    return canonical(one) === canonical(other) || (SCHEMAS.has(name) && isSame(one, other));
  }
}
