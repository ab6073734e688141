import { LinqRequestError, type RequestContext } from "./request-error.js";

/** No complete answer came: the connection could not be made, or broke before the last byte. */
export class LinqConnectionError extends LinqRequestError {
  readonly code = "connection_error";
  /** What the system or the HTTP stack calls it, such as `ECONNREFUSED`; browsers do not tell. */
  readonly systemCode: string | undefined;

  static {
    this.prototype.name = "LinqConnectionError";
  }

  constructor(systemCode: string | undefined, context: RequestContext, options: ErrorOptions) {
    const reason = systemCode ?? "connection failed";
    super(
      `got no complete answer (${reason}); check the network and \`baseUrl\``,
      context,
      options,
    );
    this.systemCode = systemCode;
  }
}
