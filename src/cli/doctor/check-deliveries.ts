import type { WebhookSubscription } from "../../index.js";
import { ago } from "../output/ago.js";
import { nameAll } from "./check-subscriptions.js";
import { failure, type Finding, ok, warning } from "./finding.js";

/** After so long without a delivery something may be wrong, in ms: one day. */
const LONG = 86_400_000;

/** So many attempts are more than a try-out. */
const MANY = 10;

/** What the API counts: its attempts, and when the last of them was successful. */
export function checkDeliveries(subscription: WebhookSubscription, now: number): Finding {
  const { delivery_attempts: counted, last_delivered_at: last } = subscription;
  const name = nameAll([subscription]);
  const attempts = typeof counted === "number" ? counted : 0;
  const times = attempts === 1 ? "once" : `${attempts} times`;
  if (typeof last !== "string") {
    return attempts > 0
      ? failure(
          "deliveries",
          `${name} was attempted ${times} and never delivered, so the receiver fails or is not reached`,
          "look at its log, and at what is said of the URL here; it has to answer 200 within 10 s",
        )
      : warning(
          "deliveries",
          `${name} was never attempted: none of its events has happened since it was created`,
          "make one happen, such as a message to your number; `linq-webhooks send` tries the receiver without the API",
        );
  }
  const when = `${name} was last delivered ${ago(last, now)}, in ${attempts === 1 ? "1 attempt" : `${attempts} attempts`} so far`;
  const isQuiet = now - Date.parse(last) >= LONG && attempts >= MANY;
  return isQuiet
    ? warning(
        "deliveries",
        when,
        "if events have happened since, the receiver fails: look at its log, and whether the attempts still go up",
      )
    : ok("deliveries", when);
}
