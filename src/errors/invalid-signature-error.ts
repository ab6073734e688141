import { LinqError } from "./linq-error.js";

/**
 * Why a delivery was refused:
 *
 * - `missing`: it has no `X-Webhook-Signature` header.
 * - `malformed`: the header is not exactly `sha256=` and 64 hexadecimal digits.
 * - `mismatch`: the body was not signed with any of the secrets.
 * - `looks_like_v3`: it is signed as version 3 of the API does.
 * - `body_reserialised`: the signature is that of another spelling of the same JSON, so something on
 *   the way has parsed the body and written it anew.
 * - `body_not_raw`: the body is neither text nor bytes, or has been read before.
 */
export type SignatureRefusal =
  "missing" | "malformed" | "mismatch" | "looks_like_v3" | "body_reserialised" | "body_not_raw";

/**
 * A delivery whose signature does not show that it comes from Linq. Neither the secret, nor the
 * signature that was expected, nor the body is in it.
 */
export class InvalidSignatureError extends LinqError {
  readonly code = "invalid_signature";
  /** Why it was refused. */
  readonly reason: SignatureRefusal;
  /** The HTTP status to answer with. */
  readonly status = 401;

  constructor(reason: SignatureRefusal, message: string) {
    super(message);
    this.reason = reason;
  }
}

InvalidSignatureError.prototype.name = "InvalidSignatureError";
