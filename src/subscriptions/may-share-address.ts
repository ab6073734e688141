import { addressOf } from "./identity.js";
import type { WebhookSubscription } from "./subscription.js";

/**
 * Filters out most of the subscriptions whose URL is unique, and keeps all that share theirs. Most URLs are
 * unique, and a map of all of them would not fit into the caches of a processor, but bits do.
 */
export function mayShareAddress(list: readonly WebhookSubscription[]): WebhookSubscription[] {
  // Each subscription has a word of 32 bits. The last five bits of a hash choose the bit, and the others
  // choose the word.
  const taken = new Uint32Array(list.length);
  const shared = new Uint32Array(list.length);
  const wordOf = (hash: number): number => (hash >>> 5) % list.length;
  const isIn = (words: Uint32Array, hash: number): boolean =>
    ((words[wordOf(hash)] ?? 0) & (1 << hash)) !== 0;

  const hashes = list.map(({ webhook_url }) => hashOf(addressOf(webhook_url)));
  for (const hash of hashes) {
    const words = isIn(taken, hash) ? shared : taken;
    words[wordOf(hash)] = (words[wordOf(hash)] ?? 0) | (1 << hash);
  }
  return list.filter((_, index) => isIn(shared, hashes[index] ?? 0));
}

/** FNV-1a over UTF-16 units, starting from 0, as a signed 32-bit integer. */
function hashOf(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 16777619);
  }
  return hash;
}
