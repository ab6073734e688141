import { InvalidInputError } from "../errors/invalid-input-error.js";
import type { Attempt } from "../errors/request-error.js";
import { LinqTimeoutError } from "../errors/timeout-error.js";
import { type Deadline, onAbort, startDeadline } from "./deadline.js";
import { asRecord } from "./json.js";
import { createRedact, type Redact } from "../checks/redact.js";

/** How long things may take, and how often they are tried. */
export interface Limits {
  /** How long one attempt at a request may take, in ms, to the last byte of its answer. */
  readonly timeout: number;
  /** How long a whole call may take, in ms, with its requests, retries and waits. */
  readonly totalTimeout: number;
  /** How often a request is sent again after it has failed. */
  readonly maxRetries: number;
}

/** What every method takes last. */
export interface CallOptions {
  /** Ends the call at once; it then rejects with the signal's own reason. */
  signal?: AbortSignal | undefined;
  /**
   * How long one attempt at a request may take, in ms, to the last byte of its answer.
   *
   * @default the client's `timeout`
   */
  timeout?: number | undefined;
  /**
   * How long the whole call may take, in ms, with its requests, retries and waits.
   *
   * @default the client's `totalTimeout`
   */
  totalTimeout?: number | undefined;
  /**
   * How often a request is sent again after it has failed.
   *
   * @default the client's `maxRetries`
   */
  maxRetries?: number | undefined;
}

/** The members of {@link CallOptions}, for checks. */
export const CALL_OPTIONS = [
  "signal",
  "timeout",
  "totalTimeout",
  "maxRetries",
] as const satisfies (keyof CallOptions)[];

/**
 * One call of a method: its limits, its history, and what may not be seen of it. It is over when the
 * caller aborts, with the caller's reason, or when it takes too long as a whole.
 */
export interface Call
  extends Pick<Limits, "timeout" | "maxRetries">, Pick<Deadline, "isOver" | "onEnd" | "signal"> {
  /** Whether a POST that the server has not carried out for certain is sent again. */
  readonly repeatsPost: boolean;
  /** All attempts so far, oldest first. */
  readonly attempts: Attempt[];
  /** Adds a value that {@link Call.redact} must hide. */
  readonly hide: (value: string) => void;
  readonly redact: Redact;
}

/** The longest time that timers can wait, in ms: beyond it they fire at once. */
const MAX_TIMEOUT = 2 ** 31 - 1;

/**
 * Runs a task as one call, with the caller's options over the client's limits.
 *
 * @throws {InvalidInputError} when an option is not usable.
 */
export async function runCall<T>(
  options: CallOptions,
  limits: Limits,
  repeatsPost: boolean,
  task: (call: Call) => Promise<T>,
): Promise<T> {
  const { timeout, totalTimeout, maxRetries } = checkLimits({
    timeout: options.timeout ?? limits.timeout,
    totalTimeout: options.totalTimeout ?? limits.totalTimeout,
    maxRetries: options.maxRetries ?? limits.maxRetries,
  });
  const attempts: Attempt[] = [];
  const signal = checkSignal(options.signal);
  signal?.throwIfAborted();
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
      onEnd: deadline.onEnd,
      get isOver() {
        return deadline.isOver;
      },
      get signal() {
        return deadline.signal;
      },
      timeout,
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

/** @throws {InvalidInputError} for what is no time that a timer can wait, or no number of retries. */
export function checkLimits(limits: Limits): Limits {
  for (const name of ["timeout", "totalTimeout"] as const) {
    const value: unknown = limits[name];
    if (typeof value !== "number" || !(value > 0 && value <= MAX_TIMEOUT)) {
      throw new InvalidInputError(name, `a number of ms above 0 and up to ${MAX_TIMEOUT}`);
    }
  }
  if (!Number.isSafeInteger(limits.maxRetries) || limits.maxRetries < 0) {
    throw new InvalidInputError("maxRetries", "an integer from 0 up");
  }
  return limits;
}

function checkSignal(signal: unknown): AbortSignal | undefined {
  // Not by its class, since a realm or a polyfill may have one of its own.
  const { throwIfAborted, addEventListener } = asRecord(signal);
  const isSignal = typeof throwIfAborted === "function" && typeof addEventListener === "function";
  if (signal === undefined || isSignal) {
    return signal as AbortSignal | undefined;
  }
  throw new InvalidInputError("signal", "an AbortSignal");
}
