/** How far down the causes of an error are followed. */
const MAX_DEPTH = 8;

/**
 * The most telling system code of a failed `fetch`, such as `ECONNREFUSED`. Node hides it one or two
 * causes deep, behind a `TypeError: fetch failed`, or in an `AggregateError` of all addresses tried;
 * the deepest one names the reason.
 */
export function findSystemCode(error: unknown, depth = 0): string | undefined {
  if (typeof error !== "object" || error === null || depth > MAX_DEPTH) return undefined;
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown };
  const inner: unknown[] = [cause, ...(Array.isArray(errors) ? errors : [])];
  for (const candidate of inner) {
    const found = findSystemCode(candidate, depth + 1);
    if (found !== undefined) return found;
  }
  return typeof code === "string" ? code : undefined;
}
