/** Year to day, hour to second, fraction, offset: ISO 8601, or as in `2025-05-21 15:30:00 -0600`. */
const TIME =
  /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(\.\d+)? ?(?:(Z|UTC)|([+-])(\d\d):?(\d\d))$/i;

/**
 * Reads a time of a delivery. The API writes some as ISO 8601 and some as
 * `2025-05-21 15:30:00 -0600`, which `Date.parse` does not read alike everywhere.
 *
 * @returns undefined for everything else, a time without an offset and a day that does not exist
 * included; the text itself is still in the event then.
 *
 * @example
 * ```ts
 * parseLinqTime("2025-05-21 15:30:00 -0600")?.toISOString(); // "2025-05-21T21:30:00.000Z"
 * ```
 */
export function parseLinqTime(text: string): Date | undefined {
  const parts = TIME.exec(text);
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second, fraction = "", , sign, hours, minutes] = parts;
  const local = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const utc = new Date(`${local}Z`);
  // What does not come back as it went in was no such day or hour.
  if (Number.isNaN(utc.getTime()) || !utc.toISOString().startsWith(local)) return undefined;
  const offset = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * (sign === "-" ? -1 : 1);
  if (Number(hours ?? 0) > 23 || Number(minutes ?? 0) > 59) return undefined;
  return new Date(utc.getTime() + Math.floor(Number(`0${fraction}`) * 1000) - offset * 60_000);
}
