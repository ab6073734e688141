import { EVENT_NAMES } from "../../../generated/constants.js";
import type { SyncPlan, SyncStep } from "../../sync/index.js";
import type { CommandContext } from "../command.js";
import { printable } from "./printable.js";
import type { Mark } from "./style.js";
import { toText } from "./to-text.js";

/** How many steps there are of each kind. */
export interface PlanSummary {
  readonly create: number;
  readonly update: number;
  readonly delete: number;
  readonly keep: number;
}

/** One field that an update changes. */
type Change = Extract<SyncStep, { readonly action: "update" }>["changes"][number];

/** How a step looks at a glance. */
const SIGNS = {
  create: { sign: "+", mark: "good" },
  update: { sign: "~", mark: "careful" },
  delete: { sign: "-", mark: "bad" },
  keep: { sign: "=", mark: "faint" },
} as const satisfies Record<SyncStep["action"], { sign: string; mark: Mark }>;

export function summarise({ steps }: Pick<SyncPlan, "steps">): PlanSummary {
  const count = (action: SyncStep["action"]): number =>
    steps.filter((step) => step.action === action).length;
  return {
    create: count("create"),
    update: count("update"),
    delete: count("delete"),
    keep: count("keep"),
  };
}

/** A plan in lines for a person to review. */
export function renderPlan(
  context: Pick<CommandContext, "redact" | "style">,
  plan: SyncPlan,
  others: number,
): string[] {
  return [
    ...plan.steps.flatMap((step) => renderStep(context, step)),
    ...(plan.steps.length > 0 ? [""] : []),
    context.style("title", `Plan: ${describeCounts(plan, others)}`),
  ];
}

/** How much there is to do, in words. */
export function describeCounts(plan: Pick<SyncPlan, "steps">, others: number): string {
  const { create, update, delete: deleted, keep } = summarise(plan);
  const counts = `${create} to add, ${update} to change, ${deleted} to delete, ${keep} unchanged.`;
  return others === 0
    ? counts
    : `${counts} ${others} other${others === 1 ? " is" : "s are"} left alone.`;
}

/** The line of a step alone, such as `+ https://example.com/hook`. */
export function renderHead(
  { redact, style }: Pick<CommandContext, "redact" | "style">,
  step: SyncStep,
): string {
  const { sign, mark } = SIGNS[step.action];
  const id = step.action === "create" ? "" : ` (${step.current.id})`;
  return style(mark, `${sign} ${printable(redact(step.webhook_url))}${id}`);
}

/** A step in lines: what it is, why, and what it changes. */
export function renderStep(
  context: Pick<CommandContext, "redact" | "style">,
  step: SyncStep,
): string[] {
  const { redact, style } = context;
  const clean = (text: string): string => printable(redact(text));
  const details = describeStep(step).map((line) => `    ${clean(line)}`);
  const warnings = findWarnings(step).map((line) =>
    style("careful", `    warning: ${clean(line)}`),
  );
  const reason = style("faint", clean(step.reason));
  const head = renderHead(context, step);
  // What stays takes one line, so that what changes stands out.
  if (step.action === "keep") return [`${head} ${reason}`, ...warnings];
  return [head, `    ${reason}`, ...details, ...warnings];
}

/** What a new subscription is described by in words of its own. */
const DESCRIBED = ["webhook_url", "events", "active", "version"];

/** What a step changes, a line each; it is not clean. */
export function describeStep(step: SyncStep): string[] {
  switch (step.action) {
    case "create": {
      const { events, active, version } = step.input;
      const further = Object.entries(step.input).filter(([field]) => !DESCRIBED.includes(field));
      return [
        `events: ${events.join(", ")}`,
        ...(active ? [] : ["active: false"]),
        ...(version === 2 ? [] : [`version: ${version}`]),
        ...further.map(([field, value]) => `${field}: ${toText(value)}`),
        `secret: ${step.writesSecret ? "will be written" : "none, so deliveries are not signed"}`,
      ];
    }
    case "update": {
      const isSecretChange = step.changes.some(({ field }) => field === "secret");
      const again = step.writesSecret && !isSecretChange;
      return [
        ...step.changes.map(describeChange),
        ...(again ? ["secret: will be written again, along with the change"] : []),
      ];
    }
    case "delete":
      return [`events: ${step.current.events.join(", ")}`];
    case "keep":
      return [];
  }
}

function describeChange(change: Change): string {
  if (change.field === "secret") return "secret: will be written";
  if (change.field === "events") {
    return `events: ${change.from.join(", ") || "none"} -> ${change.to.join(", ")}`;
  }
  return `${change.field}: ${toText(change.from)} -> ${toText(change.to)}`;
}

/** What a person should know before a step is carried out. */
export function findWarnings(step: SyncStep): string[] {
  if (step.action === "delete") return [];
  const known: readonly string[] = EVENT_NAMES;
  const unknown = step.input.events.filter((event) => !known.includes(event));
  return [
    ...(step.action === "update" && step.needsSecret
      ? ["this step will fail until the entry has a secret; any new one will do"]
      : []),
    ...unknown.map((event) => `${event} is no event that this version knows`),
  ];
}
