/** Counts how often a key has arrived, including this time. */
export type CountAttempt = (key: string) => number;

/** How many keys are remembered; the oldest are dropped first. */
const MOST = 10_000;

export function createAttempts(): CountAttempt {
  const counts = new Map<string, number>();
  return (key) => {
    const count = (counts.get(key) ?? 0) + 1;
    counts.delete(key);
    counts.set(key, count);
    const [oldest] = counts.keys();
    if (counts.size > MOST && oldest !== undefined) counts.delete(oldest);
    return count;
  };
}
