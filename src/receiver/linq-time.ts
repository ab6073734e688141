/** Year to day, hour to second, fraction, offset: ISO 8601, or the form `2025-05-21 15:30:00 -0600`. */
const TIME =
  /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(\.\d+)? ?(?:(Z|UTC)|([+-])(\d\d):?(\d\d))$/i;

/**
 * Reads a time of a delivery. The API writes some times as ISO 8601 and some as
 * `2025-05-21 15:30:00 -0600`, which `Date.parse` does not read the same way in every runtime.
 *
 * @returns undefined for any other text, including a time without an offset and a day that does not
 * exist. The event still has the text.
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
  // A day or an hour that does not exist does not survive the round trip.
  if (Number.isNaN(utc.getTime()) || !utc.toISOString().startsWith(local)) return undefined;
  const offset = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * (sign === "-" ? -1 : 1);
  if (Number(hours ?? 0) > 23 || Number(minutes ?? 0) > 59) return undefined;
  return new Date(utc.getTime() + Math.floor(Number(`0${fraction}`) * 1000) - offset * 60_000);
}
