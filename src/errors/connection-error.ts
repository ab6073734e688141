import { LinqError } from "./linq-error.js";
import type { RequestContext } from "./request-context.js";

/** What {@link LinqConnectionError} is made from. */
export interface ConnectionErrorDetails extends RequestContext {
  readonly systemCode: string | undefined;
}

/** No complete answer came: the connection could not be made, or broke before the last byte. */
export class LinqConnectionError extends LinqError {
  readonly code = "connection_error";
  readonly method: string;
  readonly path: string;
  /** What the system or the HTTP stack calls it, such as `ECONNREFUSED`; browsers do not tell. */
  readonly systemCode: string | undefined;

  static {
    this.prototype.name = "LinqConnectionError";
  }

  constructor({ method, path, systemCode }: ConnectionErrorDetails, options: ErrorOptions) {
    super(
      `${method} ${path} got no complete answer (${systemCode ?? "connection failed"}); check the network and \`baseUrl\``,
      options,
    );
    this.method = method;
    this.path = path;
    this.systemCode = systemCode;
  }
}
