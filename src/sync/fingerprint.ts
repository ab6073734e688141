import { factsOf, type WebhookSubscription } from "../subscriptions/subscription.js";

/**
 * A short text that differs where the facts of some subscriptions do; their order does not matter.
 * It guards against mistakes, not against somebody who looks for two lists with the same one.
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
