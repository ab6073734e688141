import { LinqRequestError, type RequestContext } from "./request-error.js";

/** What {@link LinqConnectionError} is made from. */
export interface ConnectionErrorDetails {
  readonly systemCode: string | undefined;
  /** True by default. */
  readonly sent?: boolean;
  /** The end of the message: what else to look at. */
  readonly advice?: string | undefined;
}

/** No complete answer came: the connection could not be made, or broke before the last byte. */
export class LinqConnectionError extends LinqRequestError {
  readonly code = "connection_error";
  /** What the system or the HTTP stack calls it, such as `ECONNREFUSED`; browsers do not tell. */
  readonly systemCode: string | undefined;
  /**
   * False where the request has certainly not been sent: the name was not found, there was no route, no
   * connection, or no certificate to trust. True where it may have been.
   */
  readonly sent: boolean;

  /** @internal */
  constructor(
    { systemCode, sent = true, advice }: ConnectionErrorDetails,
    context: RequestContext,
    options: ErrorOptions,
  ) {
    const reason = systemCode ?? "connection failed";
    super(
      `got no complete answer (${reason}); check the network and \`baseUrl\`${advice === undefined ? "" : `; ${advice}`}`,
      context,
      options,
    );
    this.systemCode = systemCode;
    this.sent = sent;
  }
}

LinqConnectionError.prototype.name = "LinqConnectionError";
