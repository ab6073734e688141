import { toText } from "./to-text.js";

const UNITS = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["min", 60_000],
] as const;

/**
 * Formats the time since an event, such as `3 min ago`. It returns `never` for a missing time, and any
 * other value that is not a time unchanged, as text.
 */
export function ago(time: unknown, now: number): string {
  if (time === null || time === undefined) return "never";
  if (typeof time !== "string") return toText(time);
  const then = Date.parse(time);
  if (Number.isNaN(then)) return time;
  // Clocks differ, so a time in the future counts as now.
  const passed = Math.max(0, now - then);
  const unit = UNITS.find(([, length]) => passed >= length);
  return unit ? `${Math.floor(passed / unit[1])} ${unit[0]} ago` : "just now";
}
