import { LinqError } from "./linq-error.js";
import type { RequestContext } from "./request-context.js";

/** What was being waited for when the time ran out. */
export type TimeoutPhase = "headers" | "body";

/** What {@link LinqTimeoutError} is made from. */
export interface TimeoutErrorDetails extends RequestContext {
  readonly phase: TimeoutPhase;
  /** The limit in ms. */
  readonly timeout: number;
}

/** An answer was not complete, to the last byte of its body, within `timeout`. */
export class LinqTimeoutError extends LinqError {
  readonly code = "timeout";
  readonly method: string;
  readonly path: string;
  /** What was being waited for when the time ran out. */
  readonly phase: TimeoutPhase;
  /** The limit that was exceeded, in ms. */
  readonly timeout: number;

  static {
    this.prototype.name = "LinqTimeoutError";
  }

  constructor({ method, path, phase, timeout }: TimeoutErrorDetails) {
    super(
      `${method} ${path} was not answered within ${timeout} ms (waiting for the ${phase}); try again or raise \`timeout\``,
    );
    this.method = method;
    this.path = path;
    this.phase = phase;
    this.timeout = timeout;
  }
}
