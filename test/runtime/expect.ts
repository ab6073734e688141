/** Compares two values as JSON, because the suite uses no test framework. */
export function expectEqual(actual: unknown, expected: unknown, what: string): void {
  const [is, shall] = [show(actual), show(expected)];
  if (is !== shall) throw new Error(`${what}: expected ${shall}, got ${is}`);
}

/** What a promise rejects with. */
export async function rejectionOf(promise: Promise<unknown>): Promise<unknown> {
  const value = await promise.then(
    (fulfilled) => ({ fulfilled }),
    (error: unknown) => ({ error }),
  );
  if ("error" in value) return value.error;
  throw new Error(`expected a rejection, got ${show(value.fulfilled)}`);
}

function show(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (part === undefined ? "undefined" : part));
}
