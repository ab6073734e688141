import { InvalidInputError } from "../errors/invalid-input-error.js";
import { asRecord } from "./json.js";

/** The time limits of a call, and the number of its retries. */
export interface Limits {
  /** How long one attempt at a request may take, in ms, to the last byte of its answer. */
  readonly timeout: number;
  /** How long a whole call may take, in ms, with its requests, retries and waits. */
  readonly totalTimeout: number;
  /** How often the client sends a request again after it fails. */
  readonly maxRetries: number;
}

/** The last argument of every method. */
export interface CallOptions {
  /** Aborts the call at once; the call rejects with the signal's reason. */
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
   * How often the client sends a request again after it fails.
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

/** The longest delay of a timer, in ms; with a longer one it fires at once. */
const MAX_TIMEOUT = 2 ** 31 - 1;

/** @throws {InvalidInputError} for a time that a timer cannot wait, or an invalid number of retries. */
export function checkLimits(limits: Limits): Limits {
  for (const name of ["timeout", "totalTimeout"] as const) {
    const value: unknown = limits[name];
    if (typeof value !== "number" || !(value > 0 && value <= MAX_TIMEOUT)) {
      throw new InvalidInputError(name, `a number of ms above 0 and up to ${MAX_TIMEOUT}`);
    }
  }
  if (!Number.isSafeInteger(limits.maxRetries) || limits.maxRetries < 0) {
    throw new InvalidInputError("maxRetries", "an integer of 0 or more");
  }
  return limits;
}

export function checkSignal(signal: unknown): AbortSignal | undefined {
  // The class is not checked, because another realm or a polyfill has its own `AbortSignal`.
  const { aborted, addEventListener } = asRecord(signal);
  const isSignal = typeof aborted === "boolean" && typeof addEventListener === "function";
  if (signal === undefined || isSignal) {
    return signal as AbortSignal | undefined;
  }
  throw new InvalidInputError("signal", "an AbortSignal");
}
