import { createHash } from "node:crypto";

/**
 * Returns a hash of the meaning of a file. Comments, layout and the order of keys do not affect it.
 * Neither do the values of environment variables and files that the file refers to.
 *
 * @param value - the parsed content of the file, before variables are filled in.
 */
export function fingerprintOfConfig(value: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify(sortKeys(value)))
    .digest("hex")
    .slice(0, 32);
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).filter(([name]) => name !== "$schema");
  members.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(members.map(([name, member]) => [name, sortKeys(member)]));
}
