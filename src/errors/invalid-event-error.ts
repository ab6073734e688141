import { LinqError } from "./linq-error.js";

/**
 * A delivery is not a valid event, because of its form, its size or its age. The error contains neither the
 * body nor the error of `JSON.parse`, which quotes the body.
 */
export class InvalidEventError extends LinqError {
  readonly code = "invalid_event";
  /** The invalid field of the body, such as `event_type`; empty for the body as a whole. */
  readonly field: string;
  /** The expected value of the field. */
  readonly expected: string;
  /** The HTTP status for the response: 400, 408 for a body that arrives too slowly, 413 for one that is too large. */
  readonly status: number;

  /** @internal */
  constructor(field: string, expected: string, status = 400) {
    super(
      `the delivery is not an event: ${field ? `\`${field}\`` : "the body"} must be ${expected}`,
    );
    this.field = field;
    this.expected = expected;
    this.status = status;
  }
}

InvalidEventError.prototype.name = "InvalidEventError";
