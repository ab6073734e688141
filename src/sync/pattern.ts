import { addressOf } from "../subscriptions/identity.js";
import { parseWebhookUrl } from "../subscriptions/input-fields.js";

/** Placeholders for `*` while a URL is parsed, since some runtimes escape it in a host or refuse it as a port. */
const ANY = "linq0any0characters";
const ANY_PORT = ":47391";

/** Matches a URL whose port is `*`. */
const STAR_PORT = /^(https?:\/\/[^/?#]*):\*(?=[/?#]|$)/i;

/**
 * The address of a URL in which `*` matches any characters except `/`.
 *
 * @throws {InvalidInputError} when the value is not an absolute URL.
 */
export function parsePattern(field: string, value: unknown): string {
  if (typeof value !== "string") return parseWebhookUrl(value, field);
  const hasStarPort = STAR_PORT.test(value);
  const url = value.replace(STAR_PORT, `$1${ANY_PORT}`).replaceAll("*", ANY);
  const address = addressOf(parseWebhookUrl(url, field)).replaceAll(ANY, "*");
  return hasStarPort ? address.replace(ANY_PORT, ":*") : address;
}

/**
 * Creates a function that finds the first of several lists of patterns with a match.
 *
 * @returns a function from an address to the index of that list, or `Infinity` without a match.
 */
export function createMatcher(lists: readonly (readonly string[])[]): (address: string) => number {
  // In reverse order, so that the first list with a pattern wins.
  const indexes = new Map(
    lists.flatMap((patterns, index) => patterns.map((name) => [name, index] as const)).reverse(),
  );
  // Patterns without `*` are looked up in the map, so that thousands of them cost no more than one.
  const wild = [...indexes]
    .filter(([pattern]) => pattern.includes("*"))
    .map(([pattern, index]) => [toTest(pattern), index] as const);
  return (address) =>
    wild.reduce(
      (first, [matches, index]) => (index < first && matches(address) ? index : first),
      indexes.get(address) ?? Infinity,
    );
}

/** Creates the test of a pattern. It works segment by segment, since `*` does not match a `/`. */
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

/** Whether a segment has the parts in this order, with the first at its start and the last at its end. */
function matchSegment([first = "", ...rest]: readonly string[], segment: string): boolean {
  const last = rest.pop();
  if (last === undefined) return segment === first;
  if (!segment.startsWith(first)) return false;
  let at = first.length;
  // The first match of each part leaves the most room for the parts after it.
  for (const part of rest) {
    const found = segment.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return segment.length - last.length >= at && segment.endsWith(last);
}
