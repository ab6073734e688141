import { InvalidInputError } from "../errors/invalid-input-error.js";
import { createRedact, type Redact } from "./redact.js";

/** What every method takes last. */
export interface CallOptions {
  /** Ends the call at once; it then rejects with the signal's own reason. */
  signal?: AbortSignal | undefined;
  /**
   * How long one request may take, in ms, to the last byte of its answer.
   *
   * @default the client's `timeout`
   */
  timeout?: number | undefined;
}

/** The members of {@link CallOptions}, for checks. */
export const CALL_OPTIONS = ["signal", "timeout"] as const satisfies (keyof CallOptions)[];

/** One call of a method: its limits, and what may not be seen in anything that comes of it. */
export interface Call {
  readonly signal: AbortSignal | undefined;
  readonly timeout: number;
  /** Adds a value that {@link Call.redact} must hide. */
  hide(value: string): void;
  readonly redact: Redact;
}

/** The longest time that timers can wait, in ms: beyond it they fire at once. */
const MAX_TIMEOUT = 2 ** 31 - 1;

/** Starts a call with the caller's options over the client's. */
export function startCall(options: CallOptions, defaults: { timeout: number }): Call {
  const { signal, timeout = defaults.timeout } = options;
  if (signal !== undefined && !isSignal(signal)) {
    throw new InvalidInputError("signal", "an AbortSignal");
  }
  const hidden = new Set<string>();
  return {
    signal,
    timeout: checkTimeout("timeout", timeout),
    hide: (value) => void hidden.add(value),
    redact: (text) => createRedact(hidden)(text),
  };
}

/** Whether it behaves like one, since a realm or a polyfill may have a class of its own for it. */
function isSignal(value: unknown): boolean {
  return typeof value === "object" && value !== null && "throwIfAborted" in value;
}

/** @throws {InvalidInputError} for what is not a time that a timer can wait. */
export function checkTimeout(name: string, value: unknown): number {
  if (typeof value === "number" && value > 0 && value <= MAX_TIMEOUT) return value;
  throw new InvalidInputError(name, `a number of ms above 0 and up to ${MAX_TIMEOUT}`);
}
