import type { Attempt } from "../errors/request-error.js";
import { LinqTimeoutError } from "../errors/timeout-error.js";
import { throwIfAborted } from "../checks/aborted.js";
import { type CallOptions, checkLimits, checkSignal, type Limits } from "./call-options.js";
import { type Deadline, startDeadline } from "./deadline.js";
import { onAbort } from "./on-abort.js";
import { ownMembers } from "../checks/own-members.js";
import { createRedact, type Redact } from "../checks/redact.js";

/**
 * One call of a method: its limits, its attempts, and the values to hide. It ends with the caller's reason
 * when the caller aborts, and with a `LinqTimeoutError` after `totalTimeout`.
 */
export interface Call
  extends Limits, Pick<Deadline, "getSignal" | "isOver" | "onEnd" | "throwIfOver"> {
  /** Whether to send a POST again when the server has certainly not carried it out. */
  readonly repeatsPost: boolean;
  /** All attempts so far, oldest first. */
  readonly attempts: Attempt[];
  /** Adds a value that {@link Call.redact} must hide. */
  readonly hide: (value: string) => void;
  readonly redact: Redact;
}

/**
 * Runs a task as one call. The caller's options take precedence over the client's limits.
 *
 * @throws {InvalidInputError} when an option is not usable.
 */
export async function runCall<T>(
  given: CallOptions,
  limits: Limits,
  repeatsPost: boolean,
  task: (call: Call) => Promise<T>,
): Promise<T> {
  const options = ownMembers(given);
  const { timeout, totalTimeout, maxRetries } = checkLimits({
    timeout: options.timeout ?? limits.timeout,
    totalTimeout: options.totalTimeout ?? limits.totalTimeout,
    maxRetries: options.maxRetries ?? limits.maxRetries,
  });
  const attempts: Attempt[] = [];
  const signal = checkSignal(options.signal);
  throwIfAborted(signal);
  const deadline = startDeadline({
    outer: signal && onAbort(signal),
    timeout: totalTimeout,
    onTimeout: () => new LinqTimeoutError("total", totalTimeout, { attempts }),
  });
  const hidden = new Set<string>();
  // Made on first use, because only errors need it.
  let redact: Redact | undefined;
  try {
    return await task({
      isOver: deadline.isOver,
      onEnd: deadline.onEnd,
      throwIfOver: deadline.throwIfOver,
      getSignal: deadline.getSignal,
      timeout,
      totalTimeout,
      maxRetries,
      repeatsPost,
      attempts,
      hide: (value) => {
        hidden.add(value);
        redact = undefined;
      },
      redact: (text) => (redact ??= createRedact(hidden))(text),
    });
  } finally {
    deadline.stop();
  }
}

/** Whether the caller has aborted the call. A timeout does not count. */
export function isAborted({ throwIfOver }: Call): boolean {
  try {
    throwIfOver();
    return false;
  } catch (reason) {
    return !(reason instanceof LinqTimeoutError);
  }
}
