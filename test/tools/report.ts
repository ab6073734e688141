import { markdownTable } from "../../scripts/manual-block.js";
import type { Tool } from "./tool.js";

/** The result of one tool. */
export interface Outcome {
  readonly tool: Tool;
  /** How long it took, including the creation of its project, in ms. */
  readonly duration: number;
  /** Undefined if every step succeeded. */
  readonly error: Error | undefined;
}

/** A summary in the first line, then the errors, and a table of all tools. */
export function formatReport(outcomes: readonly Outcome[]): string {
  const failed = outcomes.filter(({ error }) => error);
  const summary =
    failed.length === 0
      ? `The package works with all ${outcomes.length} tools.`
      : `The package fails with ${failed.length} of ${outcomes.length} tools: ${namesOf(failed)}.`;
  const errors = failed.map(({ tool, error }) => `${tool.name}: ${error?.message ?? ""}`);
  const table = markdownTable([
    ["Tool", "Version", "Result", "Seconds"],
    ...outcomes.map(formatRow),
  ]);
  return [summary, ...errors, table].join("\n\n");
}

function namesOf(outcomes: readonly Outcome[]): string {
  return outcomes.map(({ tool }) => tool.name).join(", ");
}

function formatRow({ tool, duration, error }: Outcome): string[] {
  const seconds = (duration / 1_000).toFixed(1);
  return [tool.name, tool.version, error ? "fails" : "works", seconds];
}
