import { addressOf } from "../subscriptions/identity.js";
import { parseWebhookUrl } from "../subscriptions/input.js";

/** Stands in for `*` while the URL is parsed, since some runtimes escape one in a host. */
const ANY = "linq0any0characters";

/**
 * The address of a URL in which `*` stands for any characters but `/`.
 *
 * @throws {InvalidInputError} for what is no absolute URL.
 */
export function parsePattern(field: string, value: unknown): string {
  const url = typeof value === "string" ? value.replaceAll("*", ANY) : value;
  return addressOf(parseWebhookUrl(url, field)).replaceAll(ANY, "*");
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
    .map(([pattern, index]) => [toRegExp(pattern), index] as const);
  return (address) =>
    wild.reduce(
      (first, [expression, index]) => (index < first && expression.test(address) ? index : first),
      indexes.get(address) ?? Infinity,
    );
}

function toRegExp(pattern: string): RegExp {
  const parts = pattern.split(/\*+/).map((part) => part.replace(/\W/g, "\\$&"));
  return new RegExp(`^${parts.join("[^/]*")}$`);
}
