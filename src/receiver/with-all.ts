/**
 * Goes on with texts at once when all are there, else when they are. In Node with a store in memory all
 * are: to wait for each of them all the same takes longer than to verify a small delivery.
 */
export function withAll<Result>(
  texts: readonly (string | Promise<string>)[],
  next: (texts: readonly string[]) => Result,
): Result | Promise<Result> {
  if (texts.every((text) => typeof text === "string")) return next(texts);
  return Promise.all(texts.map(async (text) => text)).then(next);
}
