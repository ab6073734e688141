import { addressOf } from "../subscriptions/identity.js";
import { parseWebhookUrl } from "../subscriptions/input-fields.js";

/** Stand in for `*` while the URL is parsed, since some runtimes escape one in a host, or refuse it for a port. */
const ANY = "linq0any0characters";
const ANY_PORT = ":47391";

/** A `*` for the port, at the end of what names the server. */
const STAR_PORT = /^(https?:\/\/[^/?#]*):\*(?=[/?#]|$)/i;

/**
 * The address of a URL in which `*` stands for any characters but `/`.
 *
 * @throws {InvalidInputError} for what is no absolute URL.
 */
export function parsePattern(field: string, value: unknown): string {
  if (typeof value !== "string") return parseWebhookUrl(value, field);
  const hasStarPort = STAR_PORT.test(value);
  const url = value.replace(STAR_PORT, `$1${ANY_PORT}`).replaceAll("*", ANY);
  const address = addressOf(parseWebhookUrl(url, field)).replaceAll(ANY, "*");
  return hasStarPort ? address.replace(ANY_PORT, ":*") : address;
}

/**
 * Finds the first of several lists of patterns in which one matches.
 *
 * @returns a function from an address to the index of the list; `Infinity` where none does.
 */
export function createMatcher(lists: readonly (readonly string[])[]): (address: string) => number {
  // From the last to the first, so that the first list that has a pattern is the one that counts.
  const indexes = new Map(
    lists.flatMap((patterns, index) => patterns.map((name) => [name, index] as const)).reverse(),
  );
  // The others are looked up, so that thousands of them cost no more than one.
  const wild = [...indexes]
    .filter(([pattern]) => pattern.includes("*"))
    .map(([pattern, index]) => [toTest(pattern), index] as const);
  return (address) =>
    wild.reduce(
      (first, [matches, index]) => (index < first && matches(address) ? index : first),
      indexes.get(address) ?? Infinity,
    );
}

/** Makes the test of a pattern, segment by segment, since no `*` reaches over a `/`. */
function toTest(pattern: string): (address: string) => boolean {
  const patterns = pattern.split("/").map((segment) => segment.split(/\*+/));
  return (address) => {
    const segments = address.split("/");
    return (
      segments.length === patterns.length &&
      patterns.every((parts, index) => matchSegment(parts, segments[index] ?? ""))
    );
  };
}

/** Whether a segment has the parts in this order, the first at its beginning and the last at its end. */
function matchSegment([first = "", ...rest]: readonly string[], segment: string): boolean {
  const last = rest.pop();
  if (last === undefined) return segment === first;
  if (!segment.startsWith(first)) return false;
  let at = first.length;
  // Each part where it is found first leaves the most room for those that follow.
  for (const part of rest) {
    const found = segment.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return segment.length - last.length >= at && segment.endsWith(last);
}
