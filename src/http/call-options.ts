import { InvalidInputError } from "../errors/invalid-input-error.js";
import { asRecord } from "./json.js";

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

/** The longest time that timers can wait, in ms: beyond it they fire at once. */
const MAX_TIMEOUT = 2 ** 31 - 1;

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

export function checkSignal(signal: unknown): AbortSignal | undefined {
  // Not by its class, since a realm or a polyfill may have one of its own.
  const { aborted, addEventListener } = asRecord(signal);
  const isSignal = typeof aborted === "boolean" && typeof addEventListener === "function";
  if (signal === undefined || isSignal) {
    return signal as AbortSignal | undefined;
  }
  throw new InvalidInputError("signal", "an AbortSignal");
}
