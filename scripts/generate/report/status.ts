/** Whether a status, or a range such as `2XX`, means that a call succeeded. */
export function isSuccess(status: string): boolean {
  return status.startsWith("2");
}

/** Whether the first is the same as the second, or a range that includes it. */
export function coversStatus(range: string, status: string): boolean {
  if (range === "default" || range === status) return true;
  return range.endsWith("XX") && status.startsWith(range.charAt(0));
}
