import { parseArgs } from "node:util";
import { markdownTable } from "../manual-block.js";

/** What the command takes. */
export interface CompareOptions {
  /** The commit, branch or tag to compare with. */
  readonly base: string;
  /** Whether the command fails where something has grown. */
  readonly fail: boolean;
  /** How often each subject has its turn. */
  readonly rounds: number;
}

/** One thing measured in both trees, in the same unit. */
export interface Comparison {
  readonly name: string;
  readonly unit: "µs" | "ms" | "kB";
  readonly base: number;
  readonly now: number;
  /** Of now to base: of times the median of the rounds. */
  readonly ratio: number;
}

/** What may grow before it is marked, so that noise is not. */
const TOLERATED = 1.1;
const USAGE = "npm run bench:compare -- --base <git ref> [--fail] [--rounds <number>]";

/** Reads the arguments; throws with the usage for what it does not know. */
export function readArguments(args: readonly string[]): CompareOptions {
  const { base, fail, rounds } = parseArgs({
    args: [...args],
    options: {
      base: { type: "string" },
      fail: { type: "boolean", default: false },
      rounds: { type: "string", default: "15" },
    },
  }).values;
  // Git would take it for an option.
  if (base === undefined || base === "" || base.startsWith("-")) {
    throw new Error(`--base takes a commit, branch or tag: ${USAGE}`);
  }
  if (!/^[1-9]\d{0,2}$/.test(rounds)) {
    throw new Error(`--rounds takes a number from 1 to 999, and not ${rounds}: ${USAGE}`);
  }
  return { base, fail, rounds: Number(rounds) };
}

/** Whether something takes over a tenth more than it did. */
export function hasGrown({ ratio }: Pick<Comparison, "ratio">): boolean {
  return ratio > TOLERATED;
}

/** The comparisons as a table in Markdown, in which those that have grown are marked. */
export function formatComparisons(comparisons: readonly Comparison[]): string {
  const rows = comparisons.map((comparison) => {
    const { name, unit, base, now, ratio } = comparison;
    const shown = ratio.toFixed(2);
    return [
      name,
      `${base.toFixed(1)} ${unit}`,
      `${now.toFixed(1)} ${unit}`,
      hasGrown(comparison) ? `**${shown} ⚠ grown**` : shown,
    ];
  });
  return markdownTable([["", "base", "now", "ratio"], ...rows]);
}
