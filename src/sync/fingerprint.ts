import { factsOf, type WebhookSubscription } from "../subscriptions/subscription.js";

/**
 * A short text that changes when the facts of any subscription change; the order does not matter. It
 * guards against mistakes, not against deliberate collisions.
 */
export function fingerprintOf(subscriptions: readonly WebhookSubscription[]): string {
  return hash(subscriptions.map(factsOf).sort().join("\n"));
}

/** Two 32-bit multiplicative hashes, as 16 hexadecimal digits. */
function hash(text: string): string {
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    a = Math.imul(a ^ unit, 2654435761);
    b = Math.imul(b ^ unit, 1597334677);
  }
  return [a, b].map((half) => (half >>> 0).toString(16).padStart(8, "0")).join("");
}
