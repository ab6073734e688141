import { LinqError } from "./linq-error.js";

/**
 * A subscription was posted, and whether it exists cannot be told. Nothing is left to clean up by
 * hand: the next `ensure` with the same input finds what landed, or creates it.
 */
export class CreateOutcomeUnknownError extends LinqError {
  readonly code = "create_outcome_unknown";
  /** The URL of the subscription that was posted, with what lets people in masked. */
  readonly webhookUrl: string;
  /** The events that were posted. */
  readonly events: readonly string[];

  /** @internal */
  constructor(webhookUrl: string, events: readonly string[], seen: string, options?: ErrorOptions) {
    super(
      `a subscription to ${events.join(", ")} was posted, but ${seen}; call \`ensure\` with the same input to find or create it`,
      options,
    );
    this.webhookUrl = webhookUrl;
    this.events = events;
  }
}

CreateOutcomeUnknownError.prototype.name = "CreateOutcomeUnknownError";
