import { LinqRequestError, type RequestContext } from "./request-error.js";

/** Advice for the statuses that have a remedy. */
const ADVICE: Readonly<Record<number, string>> = {
  401: "check the token",
  403: "check what the token is allowed to do",
  422: "check the input",
  429: "slow down and try again later",
};

/** The advice for a 404 of a request about one subscription, or about all. */
const ADVICE_ON_404 = {
  one: "if `list()` shows the subscription, a proxy or gateway answered: check `baseUrl`",
  all: "the path is wrong: check `baseUrl`",
};

/** The details of a {@link LinqApiError}. */
export interface ApiErrorDetails {
  readonly status: number;
  readonly errorCode: string | undefined;
  readonly messages: readonly string[];
  readonly retryAfter: number | undefined;
}

/** The API answered with a status that is not 2xx. Redirects are `UnexpectedRedirectError`. */
export class LinqApiError extends LinqRequestError {
  readonly code = "api_error";
  /** The HTTP status. */
  readonly status: number;
  /** The API's own code for the error, if the body had one. */
  readonly errorCode: string | undefined;
  /** The messages in the body, in either error shape of the API, HTML or plain text; may be empty. */
  readonly messages: readonly string[];
  /** How long the server asks the client to wait, in ms; undefined if it does not say. */
  readonly retryAfter: number | undefined;

  /** @internal */
  constructor(
    { status, errorCode, messages, retryAfter }: ApiErrorDetails,
    context: RequestContext,
  ) {
    const said = messages.length > 0 ? `: ${messages.join("; ")}` : " without an explanation";
    const about = context.method === "PUT" || context.method === "DELETE" ? "one" : "all";
    const advice =
      (status === 404 ? ADVICE_ON_404[about] : ADVICE[status]) ??
      (status >= 500 ? "try again later" : "");
    super(`answered ${status}${said}${advice && ` (${advice})`}`, context);
    this.status = status;
    this.errorCode = errorCode;
    this.messages = messages;
    this.retryAfter = retryAfter;
  }
}

LinqApiError.prototype.name = "LinqApiError";
