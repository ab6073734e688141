import type { PageDelivery } from "../../cli/page/protocol.js";
import type { Outcome, Signature } from "../live/outcome.js";
import { lasting } from "../parts/time.js";

/** The outcomes of deliveries, in the order of the chart. */
export const OUTCOMES: Readonly<Record<Outcome, string>> = {
  accepted: "Accepted",
  forwarded: "Forwarded",
  sent: "Sent",
  duplicate: "Duplicate",
  refused: "Refused",
  failed: "Failed",
};

/** The explanation of each result of the signature check. */
const SIGNATURES: Readonly<Record<Signature, string>> = {
  valid: "matches the secret",
  invalid: "does not match the secret",
  missing: "was not sent",
  unchecked: "no secret to check it with",
};

/** The facts about a delivery, as texts for readers. */
export function factsOf(delivery: PageDelivery): (readonly [name: string, value: string])[] {
  const { signature, status, duration, attempt, eventId, from, url, forward } = delivery;
  const facts: (readonly [string, string | null])[] = [
    ["Outcome", OUTCOMES[delivery.outcome]],
    ["Signature", `${signature}: ${SIGNATURES[signature]}`],
    ["Answer", `${status ?? "none"}, after ${lasting(duration)}`],
    ["Attempt", String(attempt)],
    ["Event id", eventId],
    ["From", from],
    ["Sent to", url],
    ["Forwarded", forward && describeForward(forward)],
  ];
  return facts.filter((fact): fact is readonly [string, string] => fact[1] !== null);
}

function describeForward({
  status,
  duration,
  error,
}: NonNullable<PageDelivery["forward"]>): string {
  return `${status ?? error ?? "no answer"}, after ${lasting(duration)}`;
}
