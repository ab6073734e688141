import { LinqRequestError, type RequestContext } from "./request-error.js";

/**
 * The server answered with a redirect. It was not followed, so neither the token nor the body went
 * to its target: `fetch` would have re-sent both, even to another origin. A `fetch` of your own that
 * follows them nevertheless is told, too.
 */
export class UnexpectedRedirectError extends LinqRequestError {
  readonly code = "unexpected_redirect";
  /** The HTTP status; 0 in browsers, which do not tell. */
  readonly status: number;

  /** @internal */
  constructor(status: number, context: RequestContext, isFollowed = false) {
    const told = status === 0 ? "" : ` (${status})`;
    super(
      isFollowed
        ? 'was redirected, and the `fetch` of this client followed it with the token: use one that respects `redirect: "manual"`, and check `baseUrl`'
        : `answered with a redirect${told}, which the client never follows because it would send the token along; check \`baseUrl\``,
      context,
    );
    this.status = status;
  }
}

UnexpectedRedirectError.prototype.name = "UnexpectedRedirectError";
