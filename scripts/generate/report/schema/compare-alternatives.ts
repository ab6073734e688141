import { compareDiscriminators } from "./compare-discriminators.js";
import { changed, type Finding } from "./finding.js";
import { labelOf } from "./label-of.js";
import {
  isSimilar,
  matchAlternatives,
  type Candidate,
  type Matched,
  type Test,
} from "./match-alternatives.js";
import type { Comparison, Pair } from "./step.js";

/** Compares lists of alternatives; `isWhole` means that nothing else has to be compared. */
export function compareAlternatives(pair: Pair, isSame: Test): Comparison & { isWhole: boolean } {
  const [was, now] = [pair.before.schema.shape, pair.after.schema.shape];
  const [before, after] = [candidatesOf(pair.before), candidatesOf(pair.after)];
  if (before.length > 0 && after.length > 0) {
    const matched = matchAlternatives(before, after, isSame);
    const { findings, steps } = compareMatched(matched);
    const discriminators = compareDiscriminators(was, now, matched.pairs);
    return { findings: [...findings, ...discriminators], steps, isWhole: false };
  }
  if (was.isUnion || now.isUnion) {
    const matched = was.isUnion
      ? matchUnwrapped(before, pair, isSame)
      : matchWrapped(after, pair, isSame);
    if (matched) return { ...compareMatched(matched), isWhole: true };
    return { findings: [], steps: [], isWhole: false };
  }
  const findings = [...compareConditions(before, after), ...compareDiscriminators(was, now, [])];
  return { findings, steps: [], isWhole: false };
}

function candidatesOf({ schema, read }: Pair["before"]): Candidate[] {
  return schema.alternatives.map(({ schema: written, keyword, discriminator }) => {
    return { schema: read(written), label: labelOf(written), keyword, discriminator };
  });
}

/** Matches the earlier schema with one of the new alternatives. */
function matchWrapped(after: Candidate[], { before }: Pair, isSame: Test): Matched | undefined {
  const whole = wholeOf(before);
  const kept =
    after.find((one) => isSame(whole, one)) ?? after.find((one) => isSimilar(whole, one));
  if (!kept) return undefined;
  const added = after.filter((one) => one !== kept);
  return { pairs: [[whole, kept]], removed: [], added };
}

/** Matches the new schema with one of the earlier alternatives. */
function matchUnwrapped(before: Candidate[], { after }: Pair, isSame: Test): Matched | undefined {
  const whole = wholeOf(after);
  const kept =
    before.find((one) => isSame(one, whole)) ?? before.find((one) => isSimilar(one, whole));
  if (!kept) return undefined;
  const removed = before.filter((one) => one !== kept);
  return { pairs: [[kept, { ...whole, label: kept.label }]], removed, added: [] };
}

/** A schema without alternatives, as the only entry of a list. */
function wholeOf({ schema }: Pair["before"]): Candidate {
  return { schema, label: "", keyword: "oneOf", discriminator: undefined };
}

function compareMatched({ pairs, removed, added }: Matched): Comparison {
  return {
    findings: [
      ...removed.map((one) => presence("removed", one)),
      ...added.map((one) => presence("added", one)),
    ],
    steps: pairs.map(([before, after]) => {
      return { path: `<${after.label}>`, before: before.schema, after: after.schema };
    }),
  };
}

function presence(verb: "added" | "removed", { schema, label, keyword }: Candidate): Finding {
  const rule = `{at}-${keyword === "oneOf" ? "one-of" : "any-of"}-${verb}`;
  const path = `<${label}>`;
  if (verb === "added") return { rule, effect: "wider", verb, detail: "", path };
  // Code with a branch for the removed alternative no longer compiles.
  const isTold = schema.shape.types?.has("object") ?? true;
  return { rule, effect: isTold ? "breaking" : "narrower", verb, detail: "", path };
}

/** Alternatives next to `properties` are conditions, for example that one of two is required. */
function compareConditions(before: Candidate[], after: Candidate[]): Finding[] {
  const [was, now] = [before, after].map((list) => list.map(({ label }) => label).join(" or "));
  if (now) return [changed("alternatives-set", "narrower", `now also one of: ${now}`)];
  if (was) return [changed("alternatives-unset", "wider", `no longer one of: ${was}`)];
  return [];
}
