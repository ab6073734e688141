import type { Run, Runtime } from "./runtime.js";
import type { Result } from "./suite.js";

/** What has come of a runtime: how the suite went, or why it could not start. */
export interface Outcome {
  readonly runtime: Runtime;
  readonly run: Run | Error;
}

const HEADINGS = ["Runtime", "Version", "Facts", "Without `Buffer` and `process`"];

const BEGIN = "<!-- written by `npm run test:runtimes -- --write` -->";
const END = "<!-- end of what is written -->";

/** The table for the README, in Markdown. */
export function formatTable(outcomes: readonly Outcome[]): string {
  const rows = [HEADINGS, HEADINGS.map(() => "---"), ...outcomes.map(formatRow)];
  return rows.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

export function isGood({ run }: Outcome): boolean {
  return !(run instanceof Error) && failuresOf(run).length === 0;
}

/** The facts that do not hold, and why. */
export function failuresOf({ results, bareResults = [] }: Run): Result[] {
  return [...results, ...bareResults].filter(({ error }) => error !== undefined);
}

/** Puts a table into the README. */
export function replaceTable(readme: string, table: string): string {
  const [before, after] = findTable(readme);
  return `${readme.slice(0, before)}\n\n${table}\n\n${readme.slice(after)}`;
}

/** The cells of each row of the table in the README. */
export function readTable(readme: string): string[][] {
  const lines = readme
    .slice(...findTable(readme))
    .trim()
    .split("\n");
  return lines.slice(2).map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

function findTable(readme: string): [begin: number, end: number] {
  const begin = readme.indexOf(BEGIN);
  const end = readme.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`The README must hold ${BEGIN} and ${END}`);
  return [begin + BEGIN.length, end];
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
