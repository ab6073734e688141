import { asArray, asRecord } from "./json.js";

/** How far down the causes of an error are followed. */
const MAX_DEPTH = 8;

/**
 * The most telling system code of a failed `fetch`, such as `ECONNREFUSED`. Node hides it one or two
 * causes deep, behind a `TypeError: fetch failed`, or in an `AggregateError` of all addresses tried;
 * the deepest one names the reason.
 */
export function findSystemCode(error: unknown, depth = 0): string | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const { code, cause, errors } = asRecord(error);
  for (const inner of [cause, ...asArray(errors)]) {
    const found = findSystemCode(inner, depth + 1);
    if (found !== undefined) return found;
  }
  return typeof code === "string" ? code : undefined;
}
