const UNITS = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["min", 60_000],
] as const;

/** The time of day to the second, such as `09:41:07`. */
export function clock(time: string | number): string {
  return new Date(time).toTimeString().slice(0, 8);
}

/** The age of a time, such as `3 min ago`; returns a text that is not a time unchanged. */
export function ago(time: unknown, now: number): string {
  if (typeof time !== "string") return time == null ? "never" : JSON.stringify(time);
  const passed = now - Date.parse(time);
  if (Number.isNaN(passed)) return time;
  const unit = UNITS.find(([, length]) => passed >= length);
  return unit ? `${Math.floor(passed / unit[1])} ${unit[0]} ago` : "just now";
}

/** Formats a duration in ms, such as `12 ms` or `1.3 s`. */
export function lasting(duration: number): string {
  return duration < 1_000 ? `${Math.round(duration)} ms` : `${(duration / 1_000).toFixed(1)} s`;
}
