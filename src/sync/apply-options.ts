import { checkFunctions } from "../checks/check-functions.js";
import { checkKeys } from "../checks/check-keys.js";
import { InvalidInputError } from "../errors/invalid-input-error.js";
import type { SyncStep } from "./sync-plan.js";

/** How `applySync` applies. */
export interface ApplyOptions {
  /**
   * How many steps are carried out at once.
   *
   * @default 4
   */
  concurrency?: number | undefined;
  /** Told of every step that has ended. What it throws is ignored. */
  onProgress?: ((progress: SyncProgress) => void) | undefined;
  /**
   * Lets no further step start; those that have started end, and the rest is `pending`. Before the
   * first list has been read, the call rejects with the signal's reason.
   */
  signal?: AbortSignal | undefined;
}

/** How far it has come. */
export interface SyncProgress {
  /** The step that has just ended. */
  readonly step: Exclude<SyncStep, { readonly action: "keep" }>;
  /** What has become of it. */
  readonly status: "done" | "failed";
  /** How many steps have ended, this one included. */
  readonly completed: number;
  /** How many steps there are, without those that keep. */
  readonly total: number;
}

const OPTIONS = ["concurrency", "onProgress", "signal"] as const satisfies (keyof ApplyOptions)[];

/** @throws {InvalidInputError} when an option is not usable; the signal is checked by the client. */
export function checkApplyOptions(options: ApplyOptions): ApplyOptions & { concurrency: number } {
  const { concurrency = 4, onProgress, signal } = checkKeys("options", options, OPTIONS);
  if (!Number.isSafeInteger(concurrency) || concurrency < 1) {
    throw new InvalidInputError("concurrency", "an integer from 1 up");
  }
  checkFunctions({ onProgress });
  return { concurrency, onProgress, signal };
}
