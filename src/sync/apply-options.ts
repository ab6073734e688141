import { checkFunctions } from "../checks/check-functions.js";
import { checkKeys } from "../checks/check-keys.js";
import { InvalidInputError } from "../errors/invalid-input-error.js";
import type { SyncStep } from "./sync-plan.js";

/** The options of `applySync`. */
export interface ApplyOptions {
  /**
   * How many steps are carried out at once.
   *
   * @default 4
   */
  concurrency?: number | undefined;
  /** Called for every step that has ended. Its errors are ignored. */
  onProgress?: ((progress: SyncProgress) => void) | undefined;
  /**
   * When it aborts, no further step starts. Started steps end, and the others are `pending`. If it aborts
   * before the first list has been read, the call rejects with the signal's reason.
   */
  signal?: AbortSignal | undefined;
}

/** The progress of `applySync`. */
export interface SyncProgress {
  /** The step that has just ended. */
  readonly step: Exclude<SyncStep, { readonly action: "keep" }>;
  /** Its outcome. */
  readonly status: "done" | "failed";
  /** How many steps have ended, this one included. */
  readonly completed: number;
  /** How many steps there are, except those that keep. */
  readonly total: number;
}

const OPTIONS = ["concurrency", "onProgress", "signal"] as const satisfies (keyof ApplyOptions)[];

/** @throws {InvalidInputError} when an option is invalid; the client checks the signal. */
export function checkApplyOptions(options: ApplyOptions): ApplyOptions & { concurrency: number } {
  const { concurrency = 4, onProgress, signal } = checkKeys("options", options, OPTIONS);
  if (!Number.isSafeInteger(concurrency) || concurrency < 1) {
    throw new InvalidInputError("concurrency", "an integer of 1 or more");
  }
  checkFunctions({ onProgress });
  return { concurrency, onProgress, signal };
}
