import { notify } from "../checks/notify.js";
import type { ApplyOptions } from "./apply-options.js";
import type { SyncStep, WritingStep } from "./sync-plan.js";

/** What became of the steps of a plan, without those that keep. */
export interface ApplyResult {
  /** What was carried out, in the order in which it ended. */
  readonly done: readonly Exclude<SyncStep, { readonly action: "keep" }>[];
  /**
   * What was tried, or refused since things had changed, and the error. A step that keeps is among
   * them where others have changed something at its URL meanwhile that could not be put right.
   */
  readonly failed: readonly {
    /** The step that failed. */
    readonly step: SyncStep;
    /** Why; nearly always a `LinqError`. */
    readonly error: unknown;
  }[];
  /** What was not started: deletions after a failed write, or the rest after an abort. */
  readonly pending: readonly Exclude<SyncStep, { readonly action: "keep" }>[];
}

/** The outcomes of steps, as they come in. */
export interface Outcomes {
  readonly done: (step: WritingStep) => void;
  /** Also for one that was done, where a later look finds that it has not lasted. */
  readonly fail: (step: SyncStep, error: unknown) => void;
  /** Whether the step has failed; without one, whether any has. */
  readonly hasFailed: (step?: SyncStep) => boolean;
  readonly toResult: (pending: readonly { readonly step: WritingStep }[]) => ApplyResult;
}

/** Tells the caller of each step of a plan once, when it has ended. */
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
