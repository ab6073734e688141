/** The three forms of an HTTP date. All are in UTC, although the last one does not name a zone. */
const HTTP_DATE =
  /^[A-Z][a-z]{2,8}(, \d\d[ -][A-Z][a-z]{2}[ -]\d{2,4} \d\d:\d\d:\d\d GMT| [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4})$/;

/**
 * Parses a `Retry-After` header, which holds seconds or an HTTP date (RFC 9110, sections 10.2.3 and
 * 5.6.7), into ms. A date in the past gives 0, and any other text undefined.
 */
export function parseRetryAfter(value: string | null, now: number): number | undefined {
  const text = value?.trim() ?? "";
  if (/^\d+(\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1_000);
  const date = parseHttpDate(text);
  return date === undefined ? undefined : Math.max(0, date - now);
}

/**
 * How long an answer asks the client to wait, in ms. A date in `Retry-After` is compared with the answer's
 * own date, because the clock of this machine may be wrong. A 429 without `Retry-After` may use
 * `RateLimit-Reset`, in seconds.
 */
export function readRetryAfter(
  { status, headers }: { readonly status: number; readonly headers: Headers },
  now: number,
): number | undefined {
  // Few answers ask for a wait, and dates are slow to parse.
  const wished = headers.get("retry-after");
  if (wished === null && status !== 429) return undefined;
  const sentAt = parseHttpDate(headers.get("date")?.trim() ?? "") ?? now;
  const asked = parseRetryAfter(wished, sentAt);
  if (asked !== undefined || status !== 429) return asked;
  const reset = headers.get("ratelimit-reset") ?? "";
  return /^\d+$/.test(reset) ? parseRetryAfter(reset, sentAt) : undefined;
}

/** The date in ms since the epoch. */
function parseHttpDate(text: string): number | undefined {
  // `Date.parse` accepts many other texts, and reads a date without a zone in the local one.
  const inUtc = text.endsWith(" GMT") ? text : `${text} GMT`;
  const date = HTTP_DATE.test(text) ? Date.parse(inUtc) : NaN;
  return Number.isNaN(date) ? undefined : date;
}
