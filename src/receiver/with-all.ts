/**
 * Calls `next` with the texts: at once if none is a promise, otherwise when all have resolved. In Node
 * usually none is, and awaiting them anyway would take longer than verifying a small delivery.
 */
export function withAll<Result>(
  texts: readonly (string | Promise<string>)[],
  next: (texts: readonly string[]) => Result,
): Result | Promise<Result> {
  if (texts.every((text) => typeof text === "string")) return next(texts);
  return Promise.all(texts.map(async (text) => text)).then(next);
}
