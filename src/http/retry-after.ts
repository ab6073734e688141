/** The three forms of an HTTP date. All are in UTC; the last one does not say so. */
const HTTP_DATE =
  /^[A-Z][a-z]{2,8}(, \d\d[ -][A-Z][a-z]{2}[ -]\d{2,4} \d\d:\d\d:\d\d GMT| [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4})$/;

/**
 * How long a server asks to wait, in ms, from its `Retry-After` header: seconds or an HTTP date
 * (RFC 9110, sections 10.2.3 and 5.6.7). A date that has passed is 0; anything else that is no time
 * is undefined.
 */
export function parseRetryAfter(value: string | null, now: number): number | undefined {
  const text = value?.trim() ?? "";
  if (/^\d+(\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1_000);
  const date = parseHttpDate(text);
  return date === undefined ? undefined : Math.max(0, date - now);
}

/**
 * The same from all headers of an answer. A date is seen from the answer's own, since the clock of this
 * machine may be wrong; and what is throttled may also say so in `RateLimit-Reset`, in seconds.
 */
export function readRetryAfter(
  { status, headers }: { readonly status: number; readonly headers: Headers },
  now: number,
): number | undefined {
  // Hardly any answer asks for it, and dates are slow to read.
  const wished = headers.get("retry-after");
  if (wished === null && status !== 429) return undefined;
  const sentAt = parseHttpDate(headers.get("date")?.trim() ?? "") ?? now;
  const asked = parseRetryAfter(wished, sentAt);
  if (asked !== undefined || status !== 429) return asked;
  const reset = headers.get("ratelimit-reset") ?? "";
  return /^\d+$/.test(reset) ? parseRetryAfter(reset, sentAt) : undefined;
}

/** In ms since the epoch. */
function parseHttpDate(text: string): number | undefined {
  // Engines take all kinds of text for dates, and a date without a zone for one in their own.
  const inUtc = text.endsWith(" GMT") ? text : `${text} GMT`;
  const date = HTTP_DATE.test(text) ? Date.parse(inUtc) : NaN;
  return Number.isNaN(date) ? undefined : date;
}
