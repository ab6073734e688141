import { applySync, StalePlanError, type SyncResult } from "../../sync/index.js";
import { type CommandContext, defineCommand } from "../command.js";
import { CommandError } from "../command-error.js";
import { confirm, CONFIRM_OPTIONS } from "../input/confirm.js";
import { Interrupted } from "../interrupted.js";
import { startProgress } from "../output/progress.js";
import { renderPlan, summarise } from "../output/render-plan.js";
import { renderResult, toResultDocument } from "../output/render-result.js";
import { PLAN_OPTIONS, type PreparedPlan, preparePlan } from "./prepare-plan.js";

const OPTIONS = {
  concurrency: { type: "string", value: "<n>", summary: "how many steps at once, 4 unless given" },
  ...PLAN_OPTIONS,
  ...CONFIRM_OPTIONS,
} as const;

/** Makes the subscriptions what the file says. */
export const apply = defineCommand({
  positionals: [],
  options: OPTIONS,
  examples: ["apply", "apply --yes", "apply --rotate-secrets"],
  notes: [
    "It adds and changes first and deletes last; whatever fails or is interrupted, running it again does the rest.",
    "Exit codes: 0 everything is done, 1 something is not, 130 interrupted.",
  ],
  run: async (context) => {
    const { io, options, print, printJson } = context;
    const concurrency = readConcurrency(options.concurrency);
    const prepared = await preparePlan(context);
    const { plan, others } = prepared;
    const total = plan.steps.length - summarise(plan).keep;

    // With --json, standard output is for the result; without --yes somebody must see the plan.
    const show = options.json ? (line: string) => io.stderr.write(`${line}\n`) : print;
    if (!options.json || (total > 0 && !options.yes))
      renderPlan(context, plan, others).forEach(show);
    if (total > 0) {
      await confirm(context, `Carry out ${total === 1 ? "this change" : `these ${total} changes`}`);
    }
    const result = total > 0 ? await carryOut(context, prepared, total, concurrency) : NOTHING;

    if (options.json) {
      printJson({ fingerprint: plan.fingerprint, ...toResultDocument(context, result) });
    } else if (total === 0) {
      print("There is nothing to do.");
    } else {
      renderResult(context, result).forEach(print);
    }
    if (io.signal.reason instanceof Interrupted) return io.signal.reason.exitCode;
    return result.done.length === total && result.failed.length === 0 ? 0 : 1;
  },
});

const NOTHING: SyncResult = { done: [], failed: [], pending: [] };

/** Applies the plan under a progress bar; when interrupted, only what is under way is finished. */
async function carryOut(
  context: CommandContext<typeof OPTIONS>,
  { plan, linq }: PreparedPlan,
  total: number,
  concurrency: number,
): Promise<SyncResult> {
  const { signal, stderr } = context.io;
  const progress = await startProgress(context, total);
  const sayItEnds = (): void => {
    progress.stop();
    stderr.write("Interrupted: finishing what is under way. Once more ends it at once.\n");
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
    // Both of these happen before anything is written.
    if (error instanceof StalePlanError) throw toStale(error);
    if (signal.aborted) stderr.write("Nothing was changed.\n");
    throw error;
  } finally {
    signal.removeEventListener("abort", sayItEnds);
    progress.stop();
  }
}

function toStale(cause: StalePlanError): CommandError {
  return new CommandError(
    cause.code,
    "the subscriptions have changed since the plan was made, so nothing was done; run `linq-webhooks plan` again",
    { cause },
  );
}

function readConcurrency(given = "4"): number {
  const concurrency = Number(given);
  if (/^\d+$/.test(given) && Number.isSafeInteger(concurrency) && concurrency > 0) {
    return concurrency;
  }
  throw new CommandError("usage", "--concurrency must be an integer from 1 up");
}
