import { hasKeyName, replaceKeys } from "../../checks/mask-urls.js";
import type { FoldedEntry } from "./fold.js";

/** An entry with names for the variables that replace its secrets. */
export interface NamedEntry {
  readonly entry: FoldedEntry;
  /** The URL for the file, with variables in place of keys. */
  readonly url: string;
  /** The variables in the URL. */
  readonly urlVariables: readonly string[];
  /** The variable for the secret; undefined for an entry without one. */
  readonly secret: string | undefined;
}

/** The maximum length of a path in a name, in characters. */
const MAX_PATH = 40;

/**
 * Names environment variables for the secrets of entries, and for the keys in their URLs, after the
 * host and the path: `HOOKS_EXAMPLE_COM_SECRET`. Each name is unique.
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
    // The host alone is the better name if no other entry has it.
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

/** Escapes `${` as `$${`, because a file would read it as a variable. */
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

/** Makes a name of capital letters and digits, separated by single underscores. */
function toName(text: string): string {
  return text
    .toUpperCase()
    .split(/[^A-Z\d]+/)
    .filter(Boolean)
    .join("_");
}
