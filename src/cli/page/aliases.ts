import type { Redact } from "../../checks/redact.js";

/**
 * Lets the page work with URLs that hold keys, and not see the keys. Each such URL is shown under one
 * alias, and two never share one: they would look like twins.
 */
export interface Aliases {
  readonly hide: (url: string) => string;
  /** The URL itself; undefined for what looks like an alias and is none. */
  readonly reveal: (shown: string) => string | undefined;
}

/** What hiding puts in place of something. */
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
