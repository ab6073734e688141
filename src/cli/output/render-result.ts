import type { AnyLinqError } from "../../errors/index.js";
import { isLinqError } from "../../errors/index.js";
import type { ApplyResult } from "../../sync/index.js";
import type { CommandContext } from "../command.js";
import { describeError } from "./describe-error.js";
import { printable } from "./printable.js";
import { renderHead } from "./render-plan.js";

const AGAIN = "run apply again; finished steps are not repeated";
const PLAN = "run plan again to see the current state";

/** The advice for a failed step, by the code of its error. */
const NEXT_STEPS: Readonly<Record<AnyLinqError["code"], string>> = {
  api_error: "fix the problem that the API reports, then run apply again",
  connection_error: AGAIN,
  timeout: AGAIN,
  unexpected_redirect: "check LINQ_BASE_URL, then run apply again",
  invalid_response: PLAN,
  invalid_input: "correct the file, then run plan again",
  not_found: PLAN,
  duplicate_subscription: PLAN,
  create_outcome_unknown: PLAN,
  secret_lost: AGAIN,
  stale_plan: PLAN,
  invalid_signature: PLAN,
  invalid_event: PLAN,
};

/** Renders the result of an apply for people. It lists all steps only if some are left. */
export function renderResult(
  context: Pick<CommandContext, "redact" | "style">,
  result: ApplyResult,
): string[] {
  const { redact, style } = context;
  const { done, failed, pending } = result;
  const isWhole = failed.length === 0 && pending.length === 0;
  const counts = `${done.length} done, ${failed.length} failed, ${pending.length} pending`;
  return [
    "",
    ...(isWhole
      ? []
      : done.map((step) => `${style("good", "done")}     ${renderHead(context, step)}`)),
    ...failed.map(({ step, error }) => {
      const reason = printable(redact(describeError(error).message));
      return `${style("bad", "failed")}   ${renderHead(context, step)}: ${reason} -> ${findNextStep(error)}`;
    }),
    ...pending.map((step) => `${style("careful", "pending")}  ${renderHead(context, step)}`),
    style("title", `Applied: ${counts}.`),
    ...(isWhole ? [] : ["Run `linq-webhooks apply` again to do the rest."]),
  ];
}

/** The result of an apply, for programs. */
export function toResultDocument(
  { redact }: Pick<CommandContext, "redact">,
  { done, failed, pending }: ApplyResult,
): object {
  return {
    done,
    failed: failed.map(({ step, error }) => {
      const { code, message } = describeError(error);
      return { step, error: { code, message: redact(message) }, next: findNextStep(error) };
    }),
    pending,
    summary: { done: done.length, failed: failed.length, pending: pending.length },
  };
}

function findNextStep(error: unknown): string {
  return isLinqError(error) ? NEXT_STEPS[error.code] : PLAN;
}
