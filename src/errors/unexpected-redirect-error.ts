import { LinqRequestError, type RequestContext } from "./request-error.js";

/**
 * The server answered with a redirect. It was not followed, so neither the token nor the body went
 * to its target: `fetch` would have re-sent both, even to another origin.
 */
export class UnexpectedRedirectError extends LinqRequestError {
  readonly code = "unexpected_redirect";
  /** The HTTP status; 0 in browsers, which do not tell. */
  readonly status: number;

  static {
    this.prototype.name = "UnexpectedRedirectError";
  }

  constructor(status: number, context: RequestContext) {
    const told = status === 0 ? "" : ` (${status})`;
    super(
      `answered with a redirect${told}, which is never followed since it would carry the token along; check \`baseUrl\``,
      context,
    );
    this.status = status;
  }
}
