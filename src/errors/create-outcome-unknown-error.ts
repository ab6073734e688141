import { LinqError } from "./linq-error.js";

/**
 * The client posted a subscription, but does not know whether it exists. You need not clean up by hand: the
 * next `ensure` with the same input finds the subscription or creates it.
 */
export class CreateOutcomeUnknownError extends LinqError {
  readonly code = "create_outcome_unknown";
  /** The URL of the posted subscription, with masked credentials. */
  readonly webhookUrl: string;
  /** The events of the posted subscription. */
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
