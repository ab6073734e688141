/**
 * Goes on with texts at once when all are there, else when they are. In Node all are: to wait for them
 * all the same would take longer than to check a small delivery.
 */
export function withAll<Result>(
  texts: readonly (string | Promise<string>)[],
  next: (texts: readonly string[]) => Result,
): Result | Promise<Result> {
  if (texts.every(isText)) return next(texts);
  return Promise.all(texts.map(async (text) => text)).then(next);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}
