import { createHash } from "node:crypto";

/**
 * A short text that differs where files mean something else; comments, layout and the order of keys do
 * not matter. What a file refers to, in the environment or in other files, is no part of it.
 *
 * @param value - what stands in the file, as it is written there.
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
