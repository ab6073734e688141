import { parseUrl } from "../../checks/parse-url.js";
import { nearest } from "../../checks/nearest.js";

/** How many characters of a host may differ. */
const MAX_EDITS = 4;

/**
 * Guesses the intended URL: one with the same host and the nearest path, or else one with the same path
 * and a host that differs in a few characters.
 */
export function nearestUrl(given: string, known: readonly string[]): string | undefined {
  const url = parseUrl(given);
  if (!url) return undefined;
  const others = known.flatMap((text) => {
    const other = parseUrl(text);
    return other ? [{ text, host: other.host, name: other.hostname, path: pathOf(other) }] : [];
  });
  const sameHost = others.filter(({ name }) => name === url.hostname);
  const path = nearest(
    pathOf(url),
    sameHost.map((other) => other.path),
  );
  const bySameHost = sameHost.find((other) => other.path === path);
  if (bySameHost) return bySameHost.text;
  const samePath = others.filter((other) => other.path === pathOf(url));
  const host = nearest(
    url.host,
    samePath.map((other) => other.host),
    MAX_EDITS,
  );
  return samePath.find((other) => other.host === host)?.text;
}

function pathOf({ pathname, search }: URL): string {
  return pathname + search;
}
