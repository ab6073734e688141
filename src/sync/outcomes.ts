import { notify } from "../checks/notify.js";
import type { ApplyOptions } from "./apply-options.js";
import type { SyncStep, WritingStep } from "./sync-plan.js";

/** The outcomes of the steps of a plan, except those that keep. */
export interface ApplyResult {
  /** The steps that were carried out, in the order in which they ended. */
  readonly done: readonly Exclude<SyncStep, { readonly action: "keep" }>[];
  /**
   * The steps that failed, or were refused because of changes since the plan, with their errors. They
   * include a step that keeps if another client has changed something at its URL that could not be
   * corrected.
   */
  readonly failed: readonly {
    /** The step that failed. */
    readonly step: SyncStep;
    /** Why; nearly always a `LinqError`. */
    readonly error: unknown;
  }[];
  /** The steps that were not started: deletions after a failed write, or all that were left at an abort. */
  readonly pending: readonly Exclude<SyncStep, { readonly action: "keep" }>[];
}

/** Collects the outcomes of steps. */
export interface Outcomes {
  readonly done: (step: WritingStep) => void;
  /** Also for a step that was done, if a later list shows that its effect has not lasted. */
  readonly fail: (step: SyncStep, error: unknown) => void;
  /** Whether the step has failed; without a step, whether any step has. */
  readonly hasFailed: (step?: SyncStep) => boolean;
  readonly toResult: (pending: readonly { readonly step: WritingStep }[]) => ApplyResult;
}

/** Collects outcomes, and calls `onProgress` once for each step when it has ended. */
export function createOutcomes(total: number, onProgress: ApplyOptions["onProgress"]): Outcomes {
  const done = new Set<WritingStep>();
  const failed = new Map<SyncStep, unknown>();
  let completed = 0;
  const tell = (step: WritingStep, status: "done" | "failed"): void => {
    completed++;
    notify(onProgress, { step, status, completed, total });
  };
  return {
    done: (step) => {
      done.add(step);
      tell(step, "done");
    },
    fail: (step, error) => {
      const isKnown = failed.has(step);
      failed.set(step, error);
      if (step.action !== "keep" && !done.delete(step) && !isKnown) tell(step, "failed");
    },
    hasFailed: (step) => (step ? failed.has(step) : failed.size > 0),
    toResult: (pending) => ({
      done: [...done],
      failed: Array.from(failed, ([step, error]) => ({ step, error })),
      pending: pending.map(({ step }) => step),
    }),
  };
}
