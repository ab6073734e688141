import type { WebhookSubscription } from "../../index.js";
import { nameAll } from "./check-subscriptions.js";
import { type Finding, ok, warning } from "./finding.js";

/** Checks whether deliveries are signed, by what the API reports about active subscriptions. */
export function checkSecrets(active: readonly WebhookSubscription[]): Finding[] {
  const withSecret = active.filter((each) => each.secret_configured === true);
  const without = active.filter((each) => each.secret_configured === false);
  const unknown = active.filter((each) => typeof each.secret_configured !== "boolean");
  return [
    ...(withSecret.length > 0
      ? [ok("secret", `${nameAll(withSecret)} ${has(withSecret)} a secret`)]
      : []),
    ...without.map((subscription) =>
      warning(
        "secret",
        `${nameAll([subscription])} has no secret, so its deliveries are not signed, and a receiver that verifies signatures refuses them`,
        `give it the secret of the receiver: \`linq-webhooks update ${subscription.id} --secret-env NAME\``,
      ),
    ),
    ...(unknown.length > 0
      ? [
          warning(
            "secret",
            `the API does not say whether ${nameAll(unknown)} ${has(unknown)} a secret`,
            "look at the deliveries: signed ones have an X-Webhook-Signature header",
          ),
        ]
      : []),
  ];
}

function has({ length }: readonly unknown[]): string {
  return length === 1 ? "has" : "have";
}
