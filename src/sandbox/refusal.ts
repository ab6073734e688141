const ERROR_CODES = {
  400: "bad_request",
  401: "unauthorized",
  404: "not_found",
  405: "method_not_allowed",
  415: "unsupported_media_type",
  422: "unprocessable_entity",
  500: "internal_server_error",
} as const;

interface RefusalDetails {
  /** One sentence for each reason; the message alone when left out. */
  readonly errors?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request that the API does not carry out. No part of it repeats a token or a secret. */
export class Refusal extends Error {
  readonly status: number;
  readonly errorCode: string;
  readonly errors: readonly string[];
  readonly headers: Readonly<Record<string, string>>;

  static {
    this.prototype.name = "Refusal";
  }

  constructor(status: keyof typeof ERROR_CODES, message: string, details: RefusalDetails = {}) {
    super(message);
    this.status = status;
    this.errorCode = ERROR_CODES[status];
    this.errors = details.errors ?? [message];
    this.headers = details.headers ?? {};
  }
}
