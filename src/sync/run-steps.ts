/** How many things are done at once, and until when. */
export interface RunOptions {
  /** At most so many at once. */
  readonly concurrency: number;
  /** Nothing is started once it has aborted. */
  readonly signal: AbortSignal | undefined;
}

/**
 * Does something with each item, several at once, and starts them in order.
 *
 * @param run Never rejects.
 * @returns the items that were not started, since the signal had aborted.
 */
export async function runSteps<T>(
  items: readonly T[],
  { concurrency, signal }: RunOptions,
  run: (item: T) => Promise<void>,
): Promise<T[]> {
  const left: T[] = [];
  // All take from the same row.
  const queue = items.values();
  const work = async (): Promise<void> => {
    for (const item of queue) {
      if (signal?.aborted) left.push(item);
      else await run(item);
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, work));
  return left;
}
