import { LinqError } from "./linq-error.js";

/**
 * The subscriptions that a plan is about are no longer as it found them. Nothing was written for
 * what this error is about.
 */
export class StalePlanError extends LinqError {
  readonly code = "stale_plan";
  /** The fingerprint of what the plan was made from. */
  readonly planned: string;
  /** The fingerprint of what is there now. */
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
