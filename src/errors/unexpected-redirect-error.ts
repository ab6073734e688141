import { LinqRequestError, type RequestContext } from "./request-error.js";

/**
 * The server answered with a redirect. The client did not follow it, so neither the token nor the body went
 * to its target: `fetch` would have sent both, even to another origin. The client also throws this error
 * when a custom `fetch` has followed a redirect.
 */
export class UnexpectedRedirectError extends LinqRequestError {
  readonly code = "unexpected_redirect";
  /** The HTTP status; 0 in browsers, which do not show it, and when a custom `fetch` followed the redirect. */
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
