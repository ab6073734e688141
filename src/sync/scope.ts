import { InvalidInputError } from "../errors/invalid-input-error.js";
import { addressOf } from "../subscriptions/identity.js";
import { parseWebhookUrl } from "../subscriptions/input-fields.js";

/**
 * Reads URL prefixes.
 *
 * @throws {InvalidInputError} when a prefix is not an absolute URL.
 */
export function parseScope(scope: unknown): string[] {
  if (!Array.isArray(scope)) throw new InvalidInputError("scope", "an array of URL prefixes");
  return Array.from(scope, (prefix: unknown, index) =>
    addressOf(parseWebhookUrl(prefix, `scope[${index}]`)),
  );
}

/**
 * Whether an address begins with one of the prefixes. A prefix ends at a boundary of the URL:
 * `https://a.example/hooks` is a prefix of `/hooks`, `/hooks/x` and `/hooks?x` on its host, but not of
 * `/hooksx`.
 */
export function isInScope(scope: readonly string[], address: string): boolean {
  return scope.some((prefix) => {
    if (!address.startsWith(prefix)) return false;
    const next = address.charAt(prefix.length);
    if (prefix.includes("?")) return next === "" || next === "&";
    return prefix.endsWith("/") || ["", "/", "?"].includes(next);
  });
}
