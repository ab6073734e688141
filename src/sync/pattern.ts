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
 * @returns a function from an address to the index of the list; undefined where none does.
 */
export function createMatcher(
  lists: readonly (readonly string[])[],
): (address: string) => number | undefined {
  const indexes = new Map<string, number>();
  for (const [index, patterns] of lists.entries()) {
    for (const pattern of patterns) {
      if (!indexes.has(pattern)) indexes.set(pattern, index);
    }
  }
  // The others are looked up, so that thousands of them cost no more than one.
  const wild = [...indexes]
    .filter(([pattern]) => pattern.includes("*"))
    .map(([pattern, index]) => ({ index, expression: toRegExp(pattern) }));
  return (address) => {
    const exact = indexes.get(address);
    const first = wild.find(({ expression }) => expression.test(address))?.index;
    return exact === undefined || first === undefined ? (exact ?? first) : Math.min(exact, first);
  };
}

function toRegExp(pattern: string): RegExp {
  const parts = pattern.split(/\*+/).map((part) => part.replace(/[\\^$.+?()[\]{}|/]/g, "\\$&"));
  return new RegExp(`^${parts.join("[^/]*")}$`);
}
