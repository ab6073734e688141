import { applySync, StalePlanError, type SyncPlan, type ApplyResult } from "../../sync/index.js";
import { type CommandContext, defineCommand } from "../command.js";
import { CommandError } from "../command-error.js";
import { confirm, CONFIRM_OPTIONS } from "../input/confirm.js";
import { Interrupted } from "../interrupted.js";
import { startProgress } from "../output/progress.js";
import { renderPlan, summarise } from "../output/render-plan.js";
import { renderResult, toResultDocument } from "../output/render-result.js";
import { PLAN_OPTIONS } from "./prepare-plan.js";
import { type PreparedPlan, prepareApply } from "./prepare-apply.js";

const OPTIONS = {
  concurrency: { type: "string", value: "<n>", summary: "how many steps run at once (default: 4)" },
  ...PLAN_OPTIONS,
  ...CONFIRM_OPTIONS,
} as const;

/** Changes the subscriptions to match the file. */
export const apply = defineCommand({
  positionals: [],
  optionalPositionals: ["plan"],
  options: OPTIONS,
  examples: ["apply", "apply --yes", "apply plan.json --yes", "apply --rotate-secrets"],
  notes: [
    "With a <plan> from `linq-webhooks plan --out <path>`, it makes exactly the changes that the plan shows. It refuses a plan for another server, and a plan that is older than a change of the file or the subscriptions.",
    "It adds and changes first and deletes last; after a failure or an interruption, run it again to do the rest.",
    "Exit codes: 0 all changes are made, 1 some are not, 130 interrupted.",
  ],
  run: async (context) => {
    const { io, options, print, printJson } = context;
    const concurrency = readConcurrency(options.concurrency);
    const prepared = await prepareApply(context);
    const { plan, others } = prepared;
    const total = countWrites(plan);

    // With --json, standard output is for the result, but a question needs the plan before it.
    const show = options.json ? (line: string) => io.stderr.write(`${line}\n`) : print;
    if (!options.json || (total > 0 && !options.yes))
      renderPlan(context, plan, others).forEach(show);
    if (total > 0) {
      await confirm(context, `Carry out ${total === 1 ? "this change" : `these ${total} changes`}`);
    }
    const result = total > 0 ? await carryOut(context, prepared, total, concurrency) : NOTHING;

    if (options.json) {
      printJson({
        outcome: outcomeOf(result, total),
        fingerprint: plan.fingerprint,
        ...toResultDocument(context, result ?? NOTHING),
      });
    } else if (!result) {
      print("Somebody else has already made all of these changes, so there is nothing left to do.");
    } else if (total === 0) {
      print("There is nothing to do.");
    } else {
      renderResult(context, result).forEach(print);
    }
    if (io.signal.reason instanceof Interrupted) return io.signal.reason.exitCode;
    return outcomeOf(result, total) === "partial" ? 1 : 0;
  },
});

/** The outcome of an apply. */
type Outcome =
  | "nothing_to_do"
  /** All changes are made. */
  | "done"
  /** Some changes failed, or were not started. */
  | "partial"
  /** Somebody else made all changes between the plan and the first write. */
  | "done_by_others";

function outcomeOf(result: ApplyResult | undefined, total: number): Outcome {
  if (!result) return "done_by_others";
  if (result.done.length < total || result.failed.length > 0) return "partial";
  return total === 0 ? "nothing_to_do" : "done";
}

const NOTHING: ApplyResult = { done: [], failed: [], pending: [] };

/**
 * Applies the plan with a progress bar. An interruption lets only the steps under way finish.
 *
 * @returns undefined if somebody else made all changes in the meantime.
 */
async function carryOut(
  context: CommandContext<typeof OPTIONS>,
  { plan, linq, replan }: PreparedPlan,
  total: number,
  concurrency: number,
): Promise<ApplyResult | undefined> {
  const { signal, stderr } = context.io;
  // The lines about requests would overwrite a bar.
  const progress = await startProgress(context, context.options.verbose ? 0 : total);
  const sayItEnds = (): void => {
    progress.stop();
    stderr.write("Interrupted: finishing the steps under way. Interrupt again to stop at once.\n");
  };
  signal.addEventListener("abort", sayItEnds, { once: true });
  try {
    return await applySync(linq, plan, {
      concurrency,
      signal,
      onProgress: ({ completed }) => {
        if (!signal.aborted) progress.update(completed);
      },
    });
  } catch (error) {
    // Both errors happen before anything is written.
    if (error instanceof StalePlanError) {
      const now = await replan();
      if (countWrites(now) === 0) return undefined;
      throw toStale(error, plan, now);
    }
    if (signal.aborted) stderr.write("Nothing was changed.\n");
    throw error;
  } finally {
    signal.removeEventListener("abort", sayItEnds);
    progress.stop();
  }
}

function toStale(cause: StalePlanError, planned: SyncPlan, now: SyncPlan): CommandError {
  const [before, after] = [countWrites(planned), countWrites(now)];
  const left = `${after} ${after === 1 ? "change is" : "changes are"} needed now, ${before} ${before === 1 ? "was" : "were"} planned`;
  return new CommandError(
    cause.code,
    `the subscriptions have changed since the plan was made (${left}), so nothing was done; run \`linq-webhooks plan\` again`,
    { cause },
  );
}

function countWrites({ steps }: SyncPlan): number {
  return steps.length - summarise({ steps }).keep;
}

function readConcurrency(given = "4"): number {
  const concurrency = Number(given);
  if (/^\d+$/.test(given) && Number.isSafeInteger(concurrency) && concurrency > 0) {
    return concurrency;
  }
  throw new CommandError("usage", "--concurrency must be an integer of 1 or more");
}
