import { LinqError } from "./linq-error.js";

/**
 * An update left the subscription without its secret, so its deliveries are no longer signed. The API does
 * not say whether a PUT without `secret` keeps the stored one; in this case it did not.
 */
export class SecretLostError extends LinqError {
  readonly code = "secret_lost";
  /** The id of the subscription that lost its secret. */
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
