import type { SyncPlan, SyncStep } from "../../sync/index.js";
import type { CommandContext } from "../command.js";
import { describeNeeds, type Need } from "../config/needs.js";
import { printable } from "./printable.js";
import { describeCounts, describeStep, findWarnings } from "./render-plan.js";

/** Remarks about a plan. */
export interface PlanRemarks {
  readonly others: number;
  readonly needs: readonly Need[];
}

/** An invisible marker by which a program finds the comment to replace it. */
const MARKER = "<!-- linq-webhooks plan -->";

/** In characters. GitHub accepts 65,536, and the text around the table is short. */
const MAX_TABLE = 60_000;

const WORDS = {
  create: "add",
  update: "change",
  delete: "delete",
} as const satisfies Record<Exclude<SyncStep["action"], "keep">, string>;

/** Renders a plan as a comment for a pull request, with a table of the changes. */
export function renderMarkdown(
  context: Pick<CommandContext, "redact">,
  plan: SyncPlan,
  { others, needs }: PlanRemarks,
): string {
  const rows = plan.steps.flatMap((step) => renderRow(context, step));
  const shown = takeUpTo(rows, MAX_TABLE);
  const rest = rows.length - shown.length;
  const needed = describeNeeds(needs);
  return [
    MARKER,
    "### Webhook subscriptions",
    `**${rows.length === 0 ? "Nothing to change" : "Plan"}**: ${describeCounts(plan, others)}`,
    ...(rows.length > 0
      ? [["| Step | URL | Change |", "| --- | --- | --- |", ...shown].join("\n")]
      : []),
    ...(rest > 0 ? [`And ${rest} more, which \`linq-webhooks plan\` shows.`] : []),
    ...(needed === undefined
      ? []
      : [`Applying it needs ${escapeMarkdown(printable(context.redact(needed)))}.`]),
  ].join("\n\n");
}

function renderRow({ redact }: Pick<CommandContext, "redact">, step: SyncStep): string[] {
  if (step.action === "keep") return [];
  // Redacted first, because escaping would change a secret beyond recognition.
  const clean = (text: string): string => escapeMarkdown(printable(redact(text)));
  const id = step.action === "create" ? "" : ` (${step.current.id})`;
  const what = [step.reason, ...describeStep(step)].map(clean);
  const warnings = findWarnings(step).map((line) => `**Warning:** ${clean(line)}`);
  const url = `<code>${clean(step.webhook_url)}</code>${id}`;
  return [`| ${WORDS[step.action]} | ${url} | ${[...what, ...warnings].join("<br>")} |`];
}

function takeUpTo(rows: readonly string[], length: number): readonly string[] {
  let total = 0;
  const end = rows.findIndex((row) => (total += row.length + 1) > length);
  return end < 0 ? rows : rows.slice(0, end);
}

/** All characters except those without a special meaning in Markdown and HTML. */
const MEANING = /[^\p{L}\p{N} /.,?=%();-]/gu;

/**
 * Escapes a text for Markdown, so that it cannot form a table cell, code, HTML, a link or a mention.
 * Markdown never interprets character references as any of these.
 */
function escapeMarkdown(text: string): string {
  return text.replace(MEANING, (character) => `&#${character.codePointAt(0) ?? 0};`);
}
