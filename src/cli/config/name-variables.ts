import { hasKeyName, replaceKeys } from "../../checks/mask-urls.js";
import type { FoldedEntry } from "./fold.js";

/** An entry with names for what does not stand in the file. */
export interface NamedEntry {
  readonly entry: FoldedEntry;
  /** The URL as the file writes it, with variables in place of keys. */
  readonly url: string;
  /** The variables in the URL. */
  readonly urlVariables: readonly string[];
  /** The variable for the secret, where there is one. */
  readonly secret: string | undefined;
}

/** How much of a path goes into a name, in characters. */
const MAX_PATH = 40;

/**
 * Suggests environment variables for the secrets of entries, and for the keys in their URLs, after host
 * and path: `HOOKS_EXAMPLE_COM_SECRET`. No two are the same.
 */
export function nameVariables(entries: readonly FoldedEntry[]): NamedEntry[] {
  const taken = new Set<string>();
  const countByHost = new Map<string, number>();
  for (const { webhook_url } of entries) {
    const host = hostOf(webhook_url);
    countByHost.set(host, (countByHost.get(host) ?? 0) + 1);
  }
  return entries.map((entry) => {
    const { webhook_url, hasSecret } = entry;
    const host = hostOf(webhook_url);
    // The host alone is the better name while it is nobody else's.
    const isAlone = countByHost.get(host) === 1;
    const prefix = [host, ...(isAlone ? [] : [pathOf(webhook_url)])].filter(Boolean).join("_");
    const urlVariables: string[] = [];
    const url = replaceKeys(escapeVariables(webhook_url), (key) => {
      const name = claim(`${prefix}_${toName(hasKeyName(key) ? key : `${key}_key`)}`);
      urlVariables.push(name);
      return `\${${name}}`;
    });
    return { entry, url, urlVariables, secret: hasSecret ? claim(`${prefix}_SECRET`) : undefined };
  });

  function claim(wanted: string): string {
    let name = wanted;
    for (let count = 2; taken.has(name); count++) name = `${wanted}_${count}`;
    taken.add(name);
    return name;
  }
}

/** What a file would take for a variable stands in it with another `$`. */
function escapeVariables(url: string): string {
  return url.split("${").join("$${");
}

function hostOf(url: string): string {
  const name = toName(new URL(url).host);
  return /^[A-Z]/.test(name) ? name : `HOOK_${name}`;
}

function pathOf(url: string): string {
  return toName(new URL(url).pathname).slice(0, MAX_PATH).replace(/_$/, "");
}

/** Capital letters, digits and single underscores between them. */
function toName(text: string): string {
  return text
    .toUpperCase()
    .split(/[^A-Z\d]+/)
    .filter(Boolean)
    .join("_");
}
