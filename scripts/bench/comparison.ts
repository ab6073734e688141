import { parseArgs } from "node:util";
import { markdownTable } from "../manual-block.js";

/** The options of the command. */
export interface CompareOptions {
  /** The commit, branch or tag to compare with. */
  readonly base: string;
  /** Whether the command fails if anything has grown. */
  readonly fail: boolean;
  /** The number of measurements of each subject, 1 to 999. */
  readonly rounds: number;
}

/** The measurement of one subject in both trees, in the same unit. */
export interface Comparison {
  readonly name: string;
  readonly unit: "µs" | "ms" | "kB";
  readonly base: number;
  readonly now: number;
  /** `now` divided by `base`; for times, the median of the rounds. */
  readonly ratio: number;
}

/** Smaller ratios are not marked, because they may be noise. */
const TOLERATED = 1.1;
const USAGE = "npm run bench:compare -- --base <git ref> [--fail] [--rounds <number>]";

/** Reads the arguments. Throws an error with the usage if one is missing or invalid. */
export function readArguments(args: readonly string[]): CompareOptions {
  const { base, fail, rounds } = parseArgs({
    args: [...args],
    options: {
      base: { type: "string" },
      fail: { type: "boolean", default: false },
      rounds: { type: "string", default: "15" },
    },
  }).values;
  // Git would read a leading dash as an option.
  if (base === undefined || base === "" || base.startsWith("-")) {
    throw new Error(`--base must be a commit, branch or tag: ${USAGE}`);
  }
  if (!/^[1-9]\d{0,2}$/.test(rounds)) {
    throw new Error(`--rounds must be an integer from 1 to 999, but is ${rounds}: ${USAGE}`);
  }
  return { base, fail, rounds: Number(rounds) };
}

/** Whether something grew by more than 10 %. */
export function hasGrown({ ratio }: Pick<Comparison, "ratio">): boolean {
  return ratio > TOLERATED;
}

/** Formats the comparisons as a Markdown table that marks those that have grown. */
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
