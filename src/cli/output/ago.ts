import { toText } from "./to-text.js";

const UNITS = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["min", 60_000],
] as const;

/**
 * How long ago something was, such as `3 min ago`. What is not a time is given back, and `never` for
 * nothing.
 */
export function ago(time: unknown, now: number): string {
  if (time === null || time === undefined) return "never";
  if (typeof time !== "string") return toText(time);
  const then = Date.parse(time);
  if (Number.isNaN(then)) return time;
  // Clocks differ, so the future is now.
  const passed = Math.max(0, now - then);
  const unit = UNITS.find(([, length]) => passed >= length);
  return unit ? `${Math.floor(passed / unit[1])} ${unit[0]} ago` : "just now";
}
