import type { Json } from "../../json.js";
import { isAbout } from "./compare-limits.js";
import { changed } from "./finding.js";
import type { Shape } from "./read-shape.js";
import { shapesOf, stepTo, type Comparison, type Pair } from "./step.js";

/** Compares the rules for members of an object that `properties` does not list. */
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
    // A reader may rely on members whose type was known.
    const effect = was === "open" ? "narrower" : "breaking";
    const closed = changed(
      "additional-properties-closed",
      effect,
      "no longer allows other members",
    );
    return { findings: [closed], steps: [] };
  }
  if (was === "closed") {
    const opened = changed(
      "additional-properties-opened",
      "compatible",
      "now allows other members",
    );
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
          `no longer has a schema for members matching ${pattern}`,
        ),
      ),
      ...added.map((pattern) =>
        changed(
          "pattern-property-added",
          "narrower",
          `now has a schema for members matching ${pattern}`,
        ),
      ),
    ],
    steps: [...current].flatMap(([pattern, schemas]) => {
      const earlier = old.get(pattern);
      return earlier ? [stepTo(pair, `.{${pattern}}`, earlier, schemas)] : [];
    }),
  };
}
