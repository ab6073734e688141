import type { components } from "../../generated/openapi.js";
import { LinqError } from "./linq-error.js";

/** The details of a {@link DuplicateSubscriptionError}. */
export interface DuplicateSubscriptionErrorDetails {
  readonly existing: readonly components["schemas"]["WebhookSubscription"][];
  readonly sharedEvents: readonly string[];
  /** The end of the message: what the call did, and what to do next. */
  readonly advice: string;
}

/**
 * Other active subscriptions deliver some of the same events to the same URL, so each of these
 * events would arrive more than once.
 */
export class DuplicateSubscriptionError extends LinqError {
  readonly code = "duplicate_subscription";
  /** The subscriptions that already deliver some of the events, lowest id first. */
  readonly existing: readonly components["schemas"]["WebhookSubscription"][];
  /** The events that would be delivered more than once. */
  readonly sharedEvents: readonly string[];

  /** @internal */
  constructor({ existing, sharedEvents, advice }: DuplicateSubscriptionErrorDetails) {
    const ids = existing.map(({ id }) => id).join(", ");
    const subject = existing.length === 1 ? "webhook subscription" : "webhook subscriptions";
    const verb = existing.length === 1 ? "delivers" : "deliver";
    super(`${subject} ${ids} already ${verb} ${sharedEvents.join(", ")} to this URL; ${advice}`);
    this.existing = existing;
    this.sharedEvents = sharedEvents;
  }
}

DuplicateSubscriptionError.prototype.name = "DuplicateSubscriptionError";
