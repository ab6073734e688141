import { LinqError } from "./linq-error.js";

/**
 * A delivery whose signature does not show that it comes from Linq. Neither the secret, nor the
 * signature that was expected, nor the body is in it.
 */
export class InvalidSignatureError extends LinqError {
  readonly code = "invalid_signature";
  /**
   * Why it was refused:
   *
   * - `missing`: it has no `X-Webhook-Signature` header.
   * - `malformed`: the header is not exactly `sha256=` and 64 hexadecimal digits.
   * - `mismatch`: the body was not signed with any of the secrets.
   * - `looks_like_v3`: it is signed as version 3 of the API does.
   * - `body_reserialised`: the signature is that of another spelling of the same JSON, so something on
   *   the way has parsed the body and written it anew.
   * - `body_not_raw`: the body is neither text nor bytes, or has been read before.
   */
  readonly reason:
    "missing" | "malformed" | "mismatch" | "looks_like_v3" | "body_reserialised" | "body_not_raw";
  /** The HTTP status to answer with. */
  readonly status = 401;

  /** @internal */
  constructor(reason: InvalidSignatureError["reason"], message: string) {
    super(message);
    this.reason = reason;
  }
}

InvalidSignatureError.prototype.name = "InvalidSignatureError";
