import { LinqError } from "./linq-error.js";

/** No subscription with this id exists, or the token cannot see it. */
export class SubscriptionNotFoundError extends LinqError {
  readonly code = "not_found";
  /** The id that was looked for. */
  readonly id: number;

  static {
    this.prototype.name = "SubscriptionNotFoundError";
  }

  constructor(id: number, options?: ErrorOptions) {
    super(
      `there is no webhook subscription ${id} that this token can see; \`list()\` shows those there are`,
      options,
    );
    this.id = id;
  }
}
