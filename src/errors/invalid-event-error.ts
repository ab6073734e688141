import { LinqError } from "./linq-error.js";

/**
 * A delivery that is no event that can be handled: in its form, its size or its age. The body is not
 * in it; nor is the error of `JSON.parse`, which quotes the body.
 */
export class InvalidEventError extends LinqError {
  readonly code = "invalid_event";
  /** Where in the body, such as `event_type`; empty for the body as a whole. */
  readonly field: string;
  /** What was expected there. */
  readonly expected: string;
  /** The HTTP status to answer with: 400, 408 for a body that comes too slowly, 413 for a large one. */
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
