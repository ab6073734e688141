import type { CommandContext } from "../command.js";
import { printable } from "../output/printable.js";
import type { Mark } from "../output/style.js";
import type { Finding, Outcome } from "./finding.js";

const SIGNS: Readonly<Record<Outcome, { readonly sign: string; readonly mark: Mark }>> = {
  ok: { sign: "✓", mark: "good" },
  warning: { sign: "!", mark: "careful" },
  failure: { sign: "✗", mark: "bad" },
};

/** Renders a finding in one line, followed by a line with the advice. */
export function renderFinding(
  { redact, style }: Pick<CommandContext, "redact" | "style">,
  { check, outcome, message, advice }: Finding,
): string {
  const clean = (text: string): string => printable(redact(text));
  const { sign, mark } = SIGNS[outcome];
  const line = `${style(mark, sign)} ${check}: ${clean(message)}`;
  return advice === undefined ? line : `${line}\n  -> ${clean(advice)}`;
}
