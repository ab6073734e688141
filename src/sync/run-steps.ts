/** The options of {@link runSteps}. */
export interface RunOptions {
  /** The maximum number of concurrent runs. */
  readonly concurrency: number;
  /** No run is started after it has aborted. */
  readonly signal: AbortSignal | undefined;
}

/**
 * Calls `run` with each item, in order, with several runs at once.
 *
 * @param run - must not reject.
 * @returns the items that were not started because the signal had aborted.
 */
export async function runSteps<T>(
  items: readonly T[],
  { concurrency, signal }: RunOptions,
  run: (item: T) => Promise<void>,
): Promise<T[]> {
  const left: T[] = [];
  // All workers take items from the same iterator.
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
