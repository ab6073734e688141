import { markdownTable, readBlock } from "../../scripts/manual-block.js";
import type { Run, Runtime } from "./runtime.js";
import type { Result } from "./suite.js";

/** The result of a runtime: its run, or the error for which it could not run. */
export interface Outcome {
  readonly runtime: Runtime;
  readonly run: Run | Error;
}

const HEADINGS = ["Runtime", "Version", "Facts", "Without `Buffer` and `process`"];

/** Writes the table into the README. */
export const COMMAND = "npm run test:runtimes -- --write";

/** The table for the README, in Markdown. */
export function formatTable(outcomes: readonly Outcome[]): string {
  return markdownTable([HEADINGS, ...outcomes.map(formatRow)]);
}

export function isGood({ run }: Outcome): boolean {
  return !(run instanceof Error) && failuresOf(run).length === 0;
}

/** The facts that do not hold, and why. */
export function failuresOf({ results, bareResults = [] }: Run): Result[] {
  return [...results, ...bareResults].filter(({ error }) => error !== undefined);
}

/** The cells of each row of the table in the README. */
export function readTable(): string[][] {
  const [, , ...rows] = readBlock(COMMAND).split("\n");
  return rows.map((row) =>
    row
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

function formatRow({ runtime: { name, version }, run }: Outcome): string[] {
  if (run instanceof Error) return [name, version ?? "", "could not be run", ""];
  const { results, bareResults } = run;
  return [name, run.version, count(results), bareResults ? count(bareResults) : "has neither"];
}

function count(results: readonly Result[]): string {
  const held = results.filter(({ error }) => error === undefined);
  return `${held.length} of ${results.length}`;
}
