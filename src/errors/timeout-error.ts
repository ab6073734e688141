import { LinqError } from "./linq-error.js";
import type { Attempt, RequestContext } from "./request-error.js";

/** A request got no complete answer within `timeout`, or a call did not finish within `totalTimeout`. */
export class LinqTimeoutError extends LinqError {
  readonly code = "timeout";
  /**
   * What the client was waiting for when the time ran out: the start of an answer (`headers`), the rest of
   * it (`body`), or the whole call with its retries and waits (`total`).
   */
  readonly phase: "headers" | "body" | "total";
  /** The exceeded limit, in ms. */
  readonly timeout: number;
  /** The HTTP method; undefined when the call as a whole took too long. */
  readonly method: string | undefined;
  /** The path of the URL; undefined when the call as a whole took too long. */
  readonly path: string | undefined;
  /** All attempts at all requests of the call so far, oldest first. */
  readonly attempts: readonly Attempt[];

  /** @internal */
  constructor(
    phase: LinqTimeoutError["phase"],
    timeout: number,
    context: Pick<RequestContext, "attempts"> & Partial<RequestContext>,
  ) {
    const { method, path, attempts } = context;
    super(
      phase === "total"
        ? `the call did not finish within ${timeout} ms, including retries and waits; try again or raise \`totalTimeout\``
        : `${method ?? ""} ${path ?? ""} was not answered within ${timeout} ms (waiting for the ${phase}); try again or raise \`timeout\``,
    );
    this.phase = phase;
    this.timeout = timeout;
    this.method = method;
    this.path = path;
    this.attempts = attempts;
  }
}

LinqTimeoutError.prototype.name = "LinqTimeoutError";
