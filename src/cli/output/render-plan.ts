import { EVENT_NAMES } from "../../../generated/constants.js";
import type { SyncPlan, SyncStep } from "../../sync/index.js";
import type { CommandContext } from "../command.js";
import { printable } from "./printable.js";
import type { Mark } from "./style.js";
import { toText } from "./to-text.js";

/** The number of steps of each kind. */
export interface PlanSummary {
  readonly create: number;
  readonly update: number;
  readonly delete: number;
  readonly keep: number;
}

/** One field that an update changes. */
type Change = Extract<SyncStep, { readonly action: "update" }>["changes"][number];

/** The sign and the colour of each kind of step. */
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

/** Renders a plan as lines for a person to review. */
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

/** Describes the numbers of steps in words. */
export function describeCounts(plan: Pick<SyncPlan, "steps">, others: number): string {
  const { create, update, delete: deleted, keep } = summarise(plan);
  const counts = `${create} to add, ${update} to change, ${deleted} to delete, ${keep} unchanged.`;
  return others === 0
    ? counts
    : `${counts} ${others} other${others === 1 ? " is" : "s are"} not changed.`;
}

/** Renders the first line of a step, such as `+ https://example.com/hook`. */
export function renderHead(
  { redact, style }: Pick<CommandContext, "redact" | "style">,
  step: SyncStep,
): string {
  const { sign, mark } = SIGNS[step.action];
  const id = step.action === "create" ? "" : ` (${step.current.id})`;
  return style(mark, `${sign} ${printable(redact(step.webhook_url))}${id}`);
}

/** Renders a step as lines: its URL, its reason, and its changes. */
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
  // A kept subscription takes one line, so that changes are easy to see.
  if (step.action === "keep") return [`${head} ${reason}`, ...warnings];
  return [head, `    ${reason}`, ...details, ...warnings];
}

/** The fields of a new subscription that have their own description. */
const DESCRIBED = ["webhook_url", "events", "active", "version"];

/** Describes the changes of a step, one per line; the caller must redact and escape them. */
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

/** Finds the warnings about a step. */
export function findWarnings(step: SyncStep): string[] {
  if (step.action === "delete") return [];
  const known: readonly string[] = EVENT_NAMES;
  const unknown = step.input.events.filter((event) => !known.includes(event));
  return [
    ...(step.action === "update" && step.needsSecret
      ? ["this step will fail until the entry has a secret; any new secret works"]
      : []),
    ...unknown.map((event) => `this version does not know the event ${event}`),
  ];
}
