import { parseUrl } from "../checks/parse-url.js";
import { trimSlashes } from "../http/trim-slashes.js";
import { addressOf } from "./identity.js";
import type { WebhookSubscription } from "./subscription.js";

/** An unreserved character of RFC 3986, percent-encoded. */
const ENCODED_UNRESERVED = /%(?:2[DE]|3\d|4[1-9A-F]|5[0-9AF]|6[1-9A-F]|7[0-9AE])/gi;

/**
 * A URL without the differences that servers make when they respell URLs: the case of the path, trailing
 * slashes, percent-encoding that RFC 3986 calls needless, the order of the query, and a lone `?`. By the
 * URL standard, URLs that differ in these are different, so this never decides which subscriptions are
 * duplicates; it only finds likely ones.
 */
function skeletonOf(webhookUrl: string): string {
  const url = parseUrl(webhookUrl);
  if (!url) return webhookUrl;
  const { protocol, username, password, host, pathname, search } = url;
  const path = trimSlashes(decodeUnreserved(pathname).toLowerCase());
  const query = decodeUnreserved(search.slice(1)).split("&").sort().join("&");
  return JSON.stringify([protocol, username, password, host, path, query]);
}

function decodeUnreserved(text: string): string {
  return text.replace(ENCODED_UNRESERVED, decodeURIComponent);
}

/**
 * Makes a function that finds a subscription whose URL differs from a given one only in spelling. It finds
 * none if a subscription has exactly this URL, because the server then stores it as it was written.
 */
export function createSpellingSearch(
  subscriptions: readonly WebhookSubscription[],
): (webhookUrl: string) => WebhookSubscription | undefined {
  const bySkeleton = new Map<string, WebhookSubscription[]>();
  for (const subscription of subscriptions) {
    const skeleton = skeletonOf(subscription.webhook_url);
    const others = bySkeleton.get(skeleton);
    if (others) others.push(subscription);
    else bySkeleton.set(skeleton, [subscription]);
  }
  return (webhookUrl) => {
    const address = addressOf(webhookUrl);
    const alike = bySkeleton.get(skeletonOf(webhookUrl)) ?? [];
    const isStored = alike.some(({ webhook_url }) => addressOf(webhook_url) === address);
    return isStored ? undefined : alike[0];
  };
}
