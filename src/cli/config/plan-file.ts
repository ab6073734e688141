import { isRecord } from "../../checks/check-fields.js";
import type { Redact } from "../../checks/redact.js";
import type { SyncPlan, SyncStep } from "../../sync/index.js";
import { CommandError } from "../command-error.js";
import type { PlanSummary } from "../output/render-plan.js";
import type { Need } from "./needs.js";

/** The version of the format; an incompatible format gets a new one. */
const VERSION = 1;

/** A plan as `plan --out` writes it and `apply FILE` reads it. It contains no secrets. */
export interface PlanFile {
  readonly version: typeof VERSION;
  readonly kind: typeof KIND;
  /** The server that the plan was made for. */
  readonly base_url: string;
  /** The path of the planned file, and the hash of its content. */
  readonly config: { readonly file: string; readonly fingerprint: string };
  readonly options: {
    readonly rotate_secrets: boolean;
    readonly allow_unknown_events: boolean;
  };
  /** A hash of the subscriptions that the plan was made from. */
  readonly fingerprint: string;
  readonly summary: PlanSummary;
  readonly needs: readonly Need[];
  readonly steps: readonly unknown[];
}

const KIND = "linq-webhooks plan";

/** The fields of a plan file, without its steps. */
type Making = Omit<PlanFile, "version" | "kind" | "fingerprint" | "steps">;

/** @param redact - hides the token and known secrets. */
export function toPlanFile(plan: SyncPlan, making: Making, redact: Redact): PlanFile {
  const { base_url, config, options, summary, needs } = making;
  const hidden = hideIn(needs, redact) as readonly Need[]; // Only strings have changed.
  const { fingerprint } = plan;
  const steps = toSteps(plan, redact);
  return {
    ...{ version: VERSION, kind: KIND, base_url, config, options, fingerprint, summary },
    ...{ needs: hidden, steps },
  };
}

/** Whether a plan makes the changes that a file shows. */
export function isPlanOf(file: PlanFile, plan: SyncPlan, redact: Redact): boolean {
  const essenceOf = (steps: readonly unknown[]): string => JSON.stringify(steps.map(toEssence));
  return essenceOf(file.steps) === essenceOf(toSteps(plan, redact));
}

/** Whether a text is a plan file of any version. */
export function isPlanFile(text: string): boolean {
  const value = parseJson(text);
  return isRecord(value) && value["kind"] === KIND;
}

/**
 * Parses a file from `plan --out`.
 *
 * @throws {CommandError} for any other text, and for a plan in another version of the format.
 */
export function parsePlanFile(text: string): PlanFile {
  const value = parseJson(text);
  if (!isRecord(value) || value["kind"] !== KIND) {
    throw new CommandError(
      "plan_file",
      "<plan> must be a file from `linq-webhooks plan --out FILE`; give a file of subscriptions as --file",
    );
  }
  if (value["version"] !== VERSION) {
    throw new CommandError(
      "plan_file",
      `this version of linq-webhooks reads only version ${VERSION} of the format, and the plan has another; make a new plan with this version`,
    );
  }
  if (isWhole(value)) return value;
  throw new CommandError(
    "plan_file",
    "the plan has been edited or truncated since `linq-webhooks plan --out FILE` wrote it; make a new plan",
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Checks the types of the fields that are read later. */
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

/** Leaves out fields that change with deliveries and time, so that equal plans give equal files. */
function toSteps({ steps }: SyncPlan, redact: Redact): unknown[] {
  return steps.map((step) => hideIn({ ...step, ...reduceCurrent(step) }, redact));
}

function reduceCurrent(step: SyncStep): object {
  if (step.action === "create") return {};
  const { id, webhook_url, events, active, version, secret_configured } = step.current;
  return { current: { id, webhook_url, events, active, version, secret_configured } };
}

/** A step as text without its reason, which may differ between versions. */
function toEssence(step: unknown): string {
  return JSON.stringify({ ...Object(step), reason: undefined });
}

/** Redacts each string separately, so that the JSON stays valid. */
function hideIn(value: unknown, redact: Redact): unknown {
  if (typeof value === "string") return redact(value);
  if (Array.isArray(value)) return value.map((item) => hideIn(item, redact));
  if (!isRecord(value)) return value;
  const members = Object.entries(value).map(([name, member]) => [name, hideIn(member, redact)]);
  return Object.fromEntries(members);
}
