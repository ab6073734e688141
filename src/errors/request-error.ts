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
  /** The `code` of the error when no complete answer came, or `"aborted"` if the caller aborted. */
  readonly error: string | undefined;
  /** The system's code of that error, such as `ECONNRESET`. */
  readonly systemCode: string | undefined;
  /** False if the request was certainly not sent, because no connection could be made. */
  readonly sent: boolean;
  /** How long the server asks the client to wait, in ms; undefined if it does not say. */
  readonly retryAfter: number | undefined;
  /** How long the attempt took, to the last byte, in ms. */
  readonly duration: number;
  /** How long the client waits before it tries again, in ms; undefined when it does not. */
  readonly retryDelay: number | undefined;
}

/** The request of an error. */
export interface RequestContext {
  readonly method: string;
  /** The path of the URL, without the query. */
  readonly path: string;
  readonly attempts: readonly Attempt[];
}

/** The base class of errors about one request. */
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
