interface RefusalDetails {
  /**
   * One sentence for each reason.
   *
   * @default only the message
   */
  readonly errors?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** Thrown for a request that the API does not carry out. It never contains a token or a secret. */
export class Refusal extends Error {
  readonly status: number;
  readonly errors: readonly string[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, details: RefusalDetails = {}) {
    super(message);
    this.status = status;
    this.errors = details.errors ?? [message];
    this.headers = details.headers ?? {};
  }
}

Refusal.prototype.name = "Refusal";
