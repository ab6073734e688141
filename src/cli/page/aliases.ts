import type { Redact } from "../../checks/redact.js";

/**
 * Lets the page work with URLs without seeing the keys in them. Each such URL has its own alias;
 * subscriptions with a shared alias would look like duplicates.
 */
export interface Aliases {
  readonly hide: (url: string) => string;
  /** Returns the URL of an alias; undefined for an unknown alias. */
  readonly reveal: (shown: string) => string | undefined;
}

/** The replacements for redacted text. */
const HIDDEN = /\*{3}|\[REDACTED\]/;

export function createAliases(redact: Redact): Aliases {
  const aliases = new Map<string, string>();
  const urls = new Map<string, string>();
  return {
    hide: (url) => {
      const known = aliases.get(url);
      if (known !== undefined) return known;
      const masked = redact(url);
      if (masked === url && !HIDDEN.test(url)) return url;
      let alias = masked;
      for (let count = 2; urls.has(alias); count++) {
        alias = masked.replace(HIDDEN, (mark) => `${mark}${count}`);
      }
      aliases.set(url, alias);
      urls.set(alias, url);
      return alias;
    },
    reveal: (shown) => urls.get(shown) ?? (HIDDEN.test(shown) ? undefined : shown),
  };
}
