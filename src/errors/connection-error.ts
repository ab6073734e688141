import { LinqRequestError, type RequestContext } from "./request-error.js";

/** The details of a {@link LinqConnectionError}. */
export interface ConnectionErrorDetails {
  readonly systemCode: string | undefined;
  /** True by default. */
  readonly sent?: boolean;
  /** The end of the message, with further advice. */
  readonly advice?: string | undefined;
}

/** The client got no complete answer: it could not connect, or the connection broke before the last byte. */
export class LinqConnectionError extends LinqRequestError {
  readonly code = "connection_error";
  /** The error code of the system or the HTTP stack, such as `ECONNREFUSED`; undefined in browsers. */
  readonly systemCode: string | undefined;
  /**
   * False if the request was certainly not sent: the host name was not found, no route or connection
   * existed, or the certificate was not trusted. True if it may have been sent.
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
