import { compareAlternatives } from "./compare-alternatives.js";
import { compareLimits } from "./compare-limits.js";
import { compareItems } from "./compare-items.js";
import { compareOpenness } from "./compare-openness.js";
import { compareOthers } from "./compare-others.js";
import { compareProperties } from "./compare-properties.js";
import { compareTexts } from "./compare-texts.js";
import { compareTypes } from "./compare-types.js";
import { compareValues } from "./compare-values.js";
import type { Schema } from "./create-schemas.js";
import type { Comparison, Pair } from "./step.js";

/** Compares two schemas, and lists the inner schemas that have to be compared next. */
export function comparePair(
  pair: Pair,
  isSame: (before: Schema, after: Schema) => boolean,
): Comparison {
  const { before, after } = pair;
  const [was, now] = [before.schema.shape, after.schema.shape];
  const alternatives = compareAlternatives(pair, (one, other) => isSame(one.schema, other.schema));
  if (alternatives.isWhole) return alternatives;
  const { findings, isComparable } = compareTypes(was, now);
  if (!isComparable) return { findings, steps: [] };
  const [properties, openness] = [compareProperties(pair), compareOpenness(pair)];
  return {
    findings: [
      ...findings,
      ...compareValues(was, now),
      ...compareLimits(was, now),
      ...compareTexts(was, now),
      ...compareOthers(was, now, (one, other) => isSame(before.read(one), after.read(other))),
      ...[properties, openness, alternatives].flatMap((part) => part.findings),
    ],
    steps: [...compareItems(pair), ...properties.steps, ...openness.steps, ...alternatives.steps],
  };
}
