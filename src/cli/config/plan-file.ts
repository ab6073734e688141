import { isRecord } from "../../checks/check-fields.js";
import type { Redact } from "../../checks/redact.js";
import type { SyncPlan, SyncStep } from "../../sync/index.js";
import { CommandError } from "../command-error.js";
import type { PlanSummary } from "../output/render-plan.js";
import type { Need } from "./needs.js";

/** The version of the format. One that means something else gets another. */
const VERSION = 1;

/** A plan as `plan --out` writes it, and `apply FILE` takes it. There is no secret in it. */
export interface PlanFile {
  readonly version: typeof VERSION;
  readonly kind: typeof KIND;
  /** The server for which it was made. */
  readonly base_url: string;
  /** The file that was planned, as it was named, and what stood in it. */
  readonly config: { readonly file: string; readonly fingerprint: string };
  readonly options: {
    readonly rotate_secrets: boolean;
    readonly allow_unknown_events: boolean;
  };
  /** Stands for the subscriptions that it was made from. */
  readonly fingerprint: string;
  readonly summary: PlanSummary;
  readonly needs: readonly Need[];
  readonly steps: readonly unknown[];
}

const KIND = "linq-webhooks plan";

/** What a plan is made of, besides its steps. */
type Making = Omit<PlanFile, "version" | "kind" | "fingerprint" | "steps">;

/** @param redact - hides what may be seen nowhere. */
export function toPlanFile(plan: SyncPlan, making: Making, redact: Redact): PlanFile {
  const { base_url, config, options, summary, needs } = making;
  const hidden = hideIn(needs, redact) as readonly Need[]; // Only texts have changed.
  const { fingerprint } = plan;
  const steps = toSteps(plan, redact);
  return {
    ...{ version: VERSION, kind: KIND, base_url, config, options, fingerprint, summary },
    ...{ needs: hidden, steps },
  };
}

/** Whether a plan does what a file shows. */
export function isPlanOf(file: PlanFile, plan: SyncPlan, redact: Redact): boolean {
  const essenceOf = (steps: readonly unknown[]): string => JSON.stringify(steps.map(toEssence));
  return essenceOf(file.steps) === essenceOf(toSteps(plan, redact));
}

/** Whether a text is such a file, of whatever version. */
export function isPlanFile(text: string): boolean {
  const value = parseJson(text);
  return isRecord(value) && value["kind"] === KIND;
}

/**
 * Reads the text of a file that `plan --out` has written.
 *
 * @throws {CommandError} for anything else, and for what another version has written.
 */
export function parsePlanFile(text: string): PlanFile {
  const value = parseJson(text);
  if (!isRecord(value) || value["kind"] !== KIND) {
    throw new CommandError(
      "plan_file",
      "the file must be one that `linq-webhooks plan --out FILE` has written; a file of subscriptions is named by --file",
    );
  }
  if (value["version"] !== VERSION) {
    throw new CommandError(
      "plan_file",
      `the plan has another format than version ${VERSION}, which this version of linq-webhooks reads; make a new plan with the version that applies it`,
    );
  }
  if (isWhole(value)) return value;
  throw new CommandError(
    "plan_file",
    "the plan has been changed or cut since `linq-webhooks plan --out FILE` wrote it; make a new one",
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Holds what is used of a file to its type. */
function isWhole(value: Record<string, unknown>): value is Record<string, unknown> & PlanFile {
  const { base_url, config, options, fingerprint, steps } = value;
  const areFlags =
    isRecord(options) &&
    typeof options["rotate_secrets"] === "boolean" &&
    typeof options["allow_unknown_events"] === "boolean";
  const isNamed =
    isRecord(config) &&
    typeof config["file"] === "string" &&
    typeof config["fingerprint"] === "string";
  const areTexts = typeof base_url === "string" && typeof fingerprint === "string";
  return areFlags && isNamed && areTexts && Array.isArray(steps);
}

/** The steps without what deliveries and clocks change, so that the same plan is the same file. */
function toSteps({ steps }: SyncPlan, redact: Redact): unknown[] {
  return steps.map((step) => hideIn({ ...step, ...reduceCurrent(step) }, redact));
}

function reduceCurrent(step: SyncStep): object {
  if (step.action === "create") return {};
  const { id, webhook_url, events, active, version, secret_configured } = step.current;
  return { current: { id, webhook_url, events, active, version, secret_configured } };
}

/** What a step does, as text; another version may give another reason for it. */
function toEssence(step: unknown): string {
  return JSON.stringify({ ...Object(step), reason: undefined });
}

/** Hides what may not be seen in each text by itself, so that JSON stays JSON. */
function hideIn(value: unknown, redact: Redact): unknown {
  if (typeof value === "string") return redact(value);
  if (Array.isArray(value)) return value.map((item) => hideIn(item, redact));
  if (!isRecord(value)) return value;
  const members = Object.entries(value).map(([name, member]) => [name, hideIn(member, redact)]);
  return Object.fromEntries(members);
}
