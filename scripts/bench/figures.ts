import { markdownTable } from "../manual-block.js";
import type { Timing } from "./measure.js";

/** Writes the figures into the manual. */
export const COMMAND = "npm run bench -- --write";

/** What scripts/bench/results.json holds. */
export interface Results {
  readonly machine: { readonly node: string; readonly cores: number };
  readonly versions: Readonly<Record<string, string>>;
  readonly tables: Readonly<Record<string, readonly Timing[]>>;
}

/** The tables of which the manual shows the ratios: one row a table, one column a subject. */
const GROUPS = [
  [
    "list of 3, stub fetch",
    "list of 100, stub fetch",
    "list of 10000, stub fetch",
    "list of 3, loopback",
    "list of 100, loopback",
    "list of 10000, loopback",
  ],
  ["verify and parse 300 bytes", "verify and parse 1000 bytes", "verify and parse 50000 bytes"],
];

/** What the manual shows of the results, in Markdown. */
export function formatFigures({ machine, tables }: Results): string {
  const groups = GROUPS.map((titles) => {
    const names = timingsOf(titles[0] ?? "").map(({ name }) => name);
    const rows = titles.map((title) => [
      title,
      ...timingsOf(title).map(({ ratio }) => ratio.toFixed(2)),
    ]);
    return markdownTable([["Times as long as the first", ...names], ...rows]);
  });
  return [...groups, `Node ${machine.node.slice(1)}, ${machine.cores} cores.`].join("\n\n");

  function timingsOf(title: string): readonly Timing[] {
    const timings = tables[title];
    if (!timings) throw new Error(`There are no results for "${title}"`);
    return timings;
  }
}
