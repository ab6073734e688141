import { byCodeUnit, isObject, type Json } from "../json.js";

/** A value as JSON with sorted members, so that their order makes no difference. */
export function canonical(value: Json): string {
  return JSON.stringify(sorted(value));
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => byCodeUnit(a, b));
  return Object.fromEntries(entries.map(([name, member]) => [name, sorted(member)]));
}
