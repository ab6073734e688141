/**
 * An error of a command. Its one-line message also says what to do next. The message never contains
 * an argument, because an argument may be a token or a secret in the wrong place.
 */
export class CommandError extends Error {
  /** `usage` for a mistake in the arguments, otherwise the kind of failure; part of the JSON error. */
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

CommandError.prototype.name = "CommandError";
