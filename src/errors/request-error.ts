import { LinqError } from "./linq-error.js";

/** One attempt at a request, as `onAttempt` and errors report it. It holds no token and no secret. */
export interface Attempt {
  /** The HTTP method. */
  readonly method: string;
  /** The path of the URL, without the query. */
  readonly path: string;
  /** 1 for the first attempt at a request, 2 for its first retry. */
  readonly attempt: number;
  /** The HTTP status; undefined when no complete answer came. */
  readonly status: number | undefined;
  /** The `code` of the error when no complete answer came, or `"aborted"` by the caller. */
  readonly error: string | undefined;
  /** What the system calls that error, such as `ECONNRESET`. */
  readonly systemCode: string | undefined;
  /** False where the request has certainly not been sent, since no connection could be made. */
  readonly sent: boolean;
  /** How long the server asks to wait, in ms. */
  readonly retryAfter: number | undefined;
  /** How long the attempt took, to the last byte, in ms. */
  readonly duration: number;
  /** How long the client waits before it tries again, in ms; undefined when it does not. */
  readonly retryDelay: number | undefined;
}

/** Which request an error is about. */
export interface RequestContext {
  readonly method: string;
  /** The path of the URL, without the query. */
  readonly path: string;
  readonly attempts: readonly Attempt[];
}

/** What the errors about one request have in common. */
export abstract class LinqRequestError extends LinqError {
  /** The HTTP method. */
  readonly method: string;
  /** The path of the URL, without the query. */
  readonly path: string;
  /** All attempts at all requests of the call so far, oldest first. */
  readonly attempts: readonly Attempt[];

  /** @internal */
  constructor(message: string, { method, path, attempts }: RequestContext, options?: ErrorOptions) {
    super(`${method} ${path} ${message}`, options);
    this.method = method;
    this.path = path;
    this.attempts = attempts;
  }
}
