import type { WebhookSubscription } from "../../index.js";
import { nameAll } from "./check-subscriptions.js";
import { failure, type Finding, ok } from "./finding.js";

/** Checks whether any of the subscriptions, active or not, delivers an event. */
export function checkEventDelivered(
  event: string,
  subscriptions: readonly WebhookSubscription[],
): Finding {
  const withEvent = subscriptions.filter(({ events }) => events.includes(event));
  const active = withEvent.filter((subscription) => subscription.active);
  if (active.length > 0) return ok("events", `${event} is among the events of ${nameAll(active)}`);
  const [inactive] = withEvent;
  return inactive
    ? failure(
        "events",
        `only ${nameAll(withEvent)} would deliver ${event}, but ${withEvent.length === 1 ? "is" : "are"} inactive`,
        `activate it: \`linq-webhooks update ${inactive.id} --active\``,
      )
    : failure(
        "events",
        `no subscription delivers ${event}`,
        `\`linq-webhooks ensure --url URL --event ${event}\` adds a subscription`,
      );
}
