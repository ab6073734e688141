import { markdownTable } from "../manual-block.js";
import type { Timing } from "./measure.js";

/** The command that writes the figures to the manual. */
export const COMMAND = "npm run bench -- --write";

/** The content of scripts/bench/results.json. */
export interface Results {
  readonly machine: { readonly node: string; readonly cores: number };
  readonly versions: Readonly<Record<string, string>>;
  readonly tables: Readonly<Record<string, readonly Timing[]>>;
}

/** The tables whose ratios the manual shows, with a row for each table and a column for each subject. */
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
  ["receive 1000 bytes"],
  ["under load, node:http"],
  ["under load, behind one adapter"],
  [
    "1,000 creations, each answered after 0 ms, per creation",
    "1,000 creations, each answered after 5 ms, per creation",
    "10,000 creations, each answered after 0 ms, per creation",
  ],
  ["a process that imports"],
];

/** The results that the manual shows, as Markdown. */
export function formatFigures({ machine, tables }: Results): string {
  const groups = GROUPS.map((titles) => {
    const names = timingsOf(titles[0] ?? "").map(({ name }) => name);
    const rows = titles.map((title) => [
      title,
      ...timingsOf(title).map(({ ratio }) => ratio.toFixed(2)),
    ]);
    return markdownTable([["Time relative to the first column", ...names], ...rows]);
  });
  return [...groups, `Node ${machine.node.slice(1)}, ${machine.cores} cores.`].join("\n\n");

  function timingsOf(title: string): readonly Timing[] {
    const timings = tables[title];
    if (!timings) throw new Error(`results.json has no "${title}": run \`${COMMAND}\`.`);
    return timings;
  }
}
