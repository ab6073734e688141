import { LinqError } from "./linq-error.js";

/**
 * An update left the subscription without its secret, so its deliveries are no longer signed. The
 * API does not say whether a PUT without `secret` keeps the stored one; here it did not.
 */
export class SecretLostError extends LinqError {
  readonly code = "secret_lost";
  /** The subscription that has lost its secret. */
  readonly id: number;

  /** @internal */
  constructor(id: number) {
    super(
      `webhook subscription ${id} had a secret before this update and has none now; set it again with \`update(${id}, { secret })\``,
    );
    this.id = id;
  }
}

SecretLostError.prototype.name = "SecretLostError";
