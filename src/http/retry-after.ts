/**
 * How long a server asks to wait, in ms, from its `Retry-After` header: seconds or an HTTP date
 * (RFC 9110, section 10.2.3). A date that has passed is 0; anything else that is no time is undefined.
 */
export function parseRetryAfter(value: string | null, now: number): number | undefined {
  if (value === null) return undefined;
  if (/^\s*\d+(\.\d+)?\s*$/.test(value)) return Math.ceil(Number(value) * 1_000);
  // Only what looks like an HTTP date, since engines take all kinds of text for dates.
  const date = /^\s*[A-Z][a-z]{2,8},? /.test(value) ? Date.parse(value) : NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
