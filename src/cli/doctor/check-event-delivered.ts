import type { WebhookSubscription } from "../../index.js";
import { nameAll } from "./check-subscriptions.js";
import { failure, type Finding, ok } from "./finding.js";

/** Whether some of the subscriptions, which may be inactive, deliver an event. */
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
        `only ${nameAll(withEvent)} would deliver ${event}, switched off`,
        `switch it on: \`linq-webhooks update ${inactive.id} --active\``,
      )
    : failure(
        "events",
        `no subscription delivers ${event}`,
        `\`linq-webhooks ensure --url URL --event ${event}\` adds what is missing`,
      );
}
