import { LinqRequestError, type RequestContext } from "./request-error.js";

/** The details of an {@link InvalidResponseError}. */
export interface InvalidResponseErrorDetails {
  readonly status: number;
  readonly contentType: string | undefined;
  readonly field: string;
  readonly expected: string;
  readonly preview: string;
  readonly messages?: readonly string[];
  /** The end of the message: what to do. */
  readonly advice?: string | undefined;
}

/** The API answered 2xx, but the answer does not match its specification. */
export class InvalidResponseError extends LinqRequestError {
  readonly code = "invalid_response";
  /** The HTTP status. */
  readonly status: number;
  /** The `content-type` of the answer, if it had one. */
  readonly contentType: string | undefined;
  /** The invalid field of the body, such as `webhook_subscriptions[2].id`; empty for the body as a whole. */
  readonly field: string;
  /** The expected value of the field. */
  readonly expected: string;
  /** The beginning of the body, at most 2,048 characters. */
  readonly preview: string;
  /** The messages in the body, if it was an error or an HTML page; may be empty. */
  readonly messages: readonly string[];

  /** @internal */
  constructor(
    details: InvalidResponseErrorDetails,
    context: RequestContext,
    options?: ErrorOptions,
  ) {
    const { status, contentType, field, expected, preview, messages = [], advice } = details;
    const said = messages.length > 0 ? `, and it says ${JSON.stringify(messages.join("; "))}` : "";
    super(
      `answered ${status} with an unexpected body: ${field || "the body"} must be ${expected}${said}; ${advice ?? "check `baseUrl` and whether the API has changed"}`,
      context,
      options,
    );
    this.status = status;
    this.contentType = contentType;
    this.field = field;
    this.expected = expected;
    this.preview = preview;
    this.messages = messages;
  }
}

InvalidResponseError.prototype.name = "InvalidResponseError";
