/** An error for the page, with the HTTP status of the answer. */
export class PageError extends Error {
  readonly status: number;

  constructor(status: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

PageError.prototype.name = "PageError";
