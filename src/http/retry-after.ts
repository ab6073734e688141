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
  // Engines take all kinds of text for dates, and a date without a zone for one in their own.
  const inUtc = text.endsWith(" GMT") ? text : `${text} GMT`;
  const date = HTTP_DATE.test(text) ? Date.parse(inUtc) : NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
