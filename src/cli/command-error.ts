/**
 * What a command cannot do, in one line that says what to do next. Its message never holds what was
 * given as an argument, since that may be a token or a secret in the wrong place.
 */
export class CommandError extends Error {
  /** `usage` for a mistake in the arguments, else what failed; part of the JSON form of errors. */
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

CommandError.prototype.name = "CommandError";
