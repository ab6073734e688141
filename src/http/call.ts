import type { Attempt } from "../errors/request-error.js";
import { LinqTimeoutError } from "../errors/timeout-error.js";
import { throwIfAborted } from "../checks/aborted.js";
import { type CallOptions, checkLimits, checkSignal, type Limits } from "./call-options.js";
import { type Deadline, startDeadline } from "./deadline.js";
import { onAbort } from "./on-abort.js";
import { ownMembers } from "../checks/own-members.js";
import { createRedact, type Redact } from "../checks/redact.js";

/**
 * One call of a method: its limits, its history, and what may not be seen of it. It is over when the
 * caller aborts, with the caller's reason, or when it takes too long as a whole.
 */
export interface Call
  extends Limits, Pick<Deadline, "getSignal" | "isOver" | "onEnd" | "throwIfOver"> {
  /** Whether a POST that the server has not carried out for certain is sent again. */
  readonly repeatsPost: boolean;
  /** All attempts so far, oldest first. */
  readonly attempts: Attempt[];
  /** Adds a value that {@link Call.redact} must hide. */
  readonly hide: (value: string) => void;
  readonly redact: Redact;
}

/**
 * Runs a task as one call, with the caller's options over the client's limits.
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
  // Made when it is first needed, which is only in an error.
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

/** Whether the caller wants no more of it; running out of time is not that. */
export function isAborted({ throwIfOver }: Call): boolean {
  try {
    throwIfOver();
    return false;
  } catch (reason) {
    return !(reason instanceof LinqTimeoutError);
  }
}
