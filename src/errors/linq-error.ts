/**
 * The base class of all errors of this library. Each error has a literal `code` to switch on, a message of
 * one sentence (what was expected, what came, what to do), and its `cause`, if there is one.
 *
 * No token or secret appears in the message, stack, fields, JSON or inspection of an error, whatever a
 * server echoes.
 */
export abstract class LinqError extends Error {
  /** Stable across releases, one for each kind of error. */
  abstract readonly code: string;
}

LinqError.prototype.name = "LinqError";
