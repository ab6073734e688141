/**
 * What every error of this library has in common: a literal `code` to switch on, a message of one
 * sentence (what was expected, what came, what to do), and the `cause` where there is one.
 *
 * No token and no secret appears in a message, a stack, a field, the JSON or the inspection of any
 * error, whatever a server echoes.
 */
export abstract class LinqError extends Error {
  /** Stable across releases, one for each kind of error. */
  abstract readonly code: string;
}

LinqError.prototype.name = "LinqError";
