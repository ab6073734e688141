import { LinqError } from "./linq-error.js";
import type { RequestContext } from "./request-context.js";

/** What {@link UnexpectedRedirectError} is made from. */
export interface UnexpectedRedirectErrorDetails extends RequestContext {
  readonly status: number;
}

/**
 * The server answered with a redirect. It was not followed, so neither the token nor the body went
 * to its target: `fetch` would have re-sent both, even to another origin.
 */
export class UnexpectedRedirectError extends LinqError {
  readonly code = "unexpected_redirect";
  readonly method: string;
  readonly path: string;
  /** The HTTP status; 0 in browsers, which do not tell. */
  readonly status: number;

  static {
    this.prototype.name = "UnexpectedRedirectError";
  }

  constructor({ method, path, status }: UnexpectedRedirectErrorDetails) {
    super(
      `${method} ${path} answered with a redirect${status === 0 ? "" : ` (${status})`}, which is never followed since it would carry the token along; check \`baseUrl\``,
    );
    this.method = method;
    this.path = path;
    this.status = status;
  }
}
