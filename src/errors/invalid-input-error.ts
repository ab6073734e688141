import { LinqError } from "./linq-error.js";

/**
 * The caller passed an invalid option or input, or a `lock` or `token` function that breaks its contract. The
 * error never contains the invalid value.
 */
export class InvalidInputError extends LinqError {
  readonly code = "invalid_input";
  /** The invalid option or field, such as `events[1]`. */
  readonly field: string;
  /** The expected value of the field. */
  readonly expected: string;

  /** @internal */
  constructor(field: string, expected: string, options?: ErrorOptions) {
    super(`\`${field}\` must be ${expected}`, options);
    this.field = field;
    this.expected = expected;
  }
}

InvalidInputError.prototype.name = "InvalidInputError";
