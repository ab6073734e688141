/** Why the page does not get what it asks for, with the status to answer. */
export class PageError extends Error {
  readonly status: number;

  constructor(status: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

PageError.prototype.name = "PageError";
