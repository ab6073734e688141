import type { WebhookSubscription } from "../../index.js";
import { ago } from "../output/ago.js";
import { nameAll } from "./check-subscriptions.js";
import { failure, type Finding, ok, warning } from "./finding.js";

/** A longer time without a delivery may be a problem, in ms: one day. */
const LONG = 86_400_000;

/** More attempts than a first test makes. */
const MANY = 10;

/** Judges the delivery attempts that the API counts, and the time of the last success. */
export function checkDeliveries(subscription: WebhookSubscription, now: number): Finding {
  const { delivery_attempts: counted, last_delivered_at: last } = subscription;
  const name = nameAll([subscription]);
  const attempts = typeof counted === "number" ? counted : 0;
  const all = attempts === 1 ? "the only attempt" : `all ${attempts} attempts`;
  if (typeof last !== "string") {
    return attempts > 0
      ? failure(
          "deliveries",
          `${all} to deliver to ${name} failed, so the receiver fails or cannot be reached`,
          "look at the receiver's log, and at the checks of the URL; the receiver has to answer 200 within 10 s",
        )
      : warning(
          "deliveries",
          `Linq has never attempted a delivery to ${name}: none of its events has happened since it was created`,
          "trigger an event, such as a message to your number; `linq-webhooks send` tests the receiver without the API",
        );
  }
  const when = `the last delivery to ${name} succeeded ${ago(last, now)}, with ${attempts === 1 ? "1 attempt" : `${attempts} attempts`} so far`;
  const isQuiet = now - Date.parse(last) >= LONG && attempts >= MANY;
  return isQuiet
    ? warning(
        "deliveries",
        when,
        "if events have happened since, the receiver fails: look at its log, and whether the number of attempts still grows",
      )
    : ok("deliveries", when);
}
