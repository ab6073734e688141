import { LinqError } from "./linq-error.js";

/**
 * The subscriptions of a plan have changed since it was made. The client wrote nothing for the part of the
 * plan that this error is about.
 */
export class StalePlanError extends LinqError {
  readonly code = "stale_plan";
  /** The fingerprint of the subscriptions when the plan was made. */
  readonly planned: string;
  /** The fingerprint of the subscriptions now. */
  readonly found: string;

  /** @internal */
  constructor(planned: string, found: string) {
    super(
      `the subscriptions have changed since this plan was made (${planned}, now ${found}); make a new plan and apply it`,
    );
    this.planned = planned;
    this.found = found;
  }
}

StalePlanError.prototype.name = "StalePlanError";
