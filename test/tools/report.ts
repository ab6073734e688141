import { markdownTable } from "../../scripts/manual-block.js";
import type { Tool } from "./tool.js";

/** What has come of a tool. */
export interface Outcome {
  readonly tool: Tool;
  /** How long it took, with the layout of its project, in ms. */
  readonly duration: number;
  /** Undefined when all went as it should. */
  readonly error: Error | undefined;
}

/** The sum in the first line, what went wrong, and a table of all. */
export function formatReport(outcomes: readonly Outcome[]): string {
  const failed = outcomes.filter(({ error }) => error);
  const summary =
    failed.length === 0
      ? `The package works in all ${outcomes.length} tools.`
      : `The package fails in ${failed.length} of ${outcomes.length} tools: ${failed.map(({ tool }) => tool.name).join(", ")}.`;
  const objections = failed.map(({ tool, error }) => `${tool.name}: ${error?.message ?? ""}`);
  const table = markdownTable([
    ["Tool", "Version", "Result", "Seconds"],
    ...outcomes.map(formatRow),
  ]);
  return [summary, ...objections, table].join("\n\n");
}

function formatRow({ tool, duration, error }: Outcome): string[] {
  const seconds = (duration / 1_000).toFixed(1);
  return [tool.name, tool.version, error ? "fails" : "works", seconds];
}
