import { LinqError } from "./linq-error.js";

/** Something handed to this library is not usable: an option, an input, or what a `lock` or `token` function does. The value is never repeated. */
export class InvalidInputError extends LinqError {
  readonly code = "invalid_input";
  /** Which option or field, such as `events[1]`. */
  readonly field: string;
  /** What was expected there. */
  readonly expected: string;

  /** @internal */
  constructor(field: string, expected: string, options?: ErrorOptions) {
    super(`\`${field}\` must be ${expected}`, options);
    this.field = field;
    this.expected = expected;
  }
}

InvalidInputError.prototype.name = "InvalidInputError";
