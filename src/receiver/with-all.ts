/** What can be told from a promise of it. */
type Plain = string | boolean;

/**
 * Goes on with values at once when all are there, else when they are. In Node with a store in memory all
 * are: to wait for each of them all the same takes longer than to verify a small delivery.
 */
export function withAll<Value extends Plain, Result>(
  values: readonly (Value | Promise<Value>)[],
  next: (values: readonly Value[]) => Result,
): Result | Promise<Result> {
  if (values.every((value): value is Value => typeof value !== "object")) return next(values);
  return Promise.all(values.map(async (value) => value)).then(next);
}
