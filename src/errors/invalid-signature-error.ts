import { LinqError } from "./linq-error.js";

/**
 * The signature of a delivery does not prove that Linq sent it. The error contains neither the secret, nor
 * the expected signature, nor the body.
 */
export class InvalidSignatureError extends LinqError {
  readonly code = "invalid_signature";
  /**
   * Why the delivery was refused:
   *
   * - `missing`: it has no `X-Webhook-Signature` header.
   * - `malformed`: the header is not exactly `sha256=` and 64 hexadecimal digits.
   * - `mismatch`: the body was not signed with any of the secrets.
   * - `looks_like_v3`: it is signed in the way of version 3 of the API.
   * - `body_reserialised`: the signature matches another serialisation of the same JSON, so a proxy or
   *   middleware has parsed the body and serialised it again.
   * - `body_not_raw`: the body is neither text nor bytes, or was read before.
   */
  readonly reason:
    "missing" | "malformed" | "mismatch" | "looks_like_v3" | "body_reserialised" | "body_not_raw";
  /** The HTTP status for the response. */
  readonly status = 401;

  /** @internal */
  constructor(reason: InvalidSignatureError["reason"], message: string) {
    super(message);
    this.reason = reason;
  }
}

InvalidSignatureError.prototype.name = "InvalidSignatureError";
