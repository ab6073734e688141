/** Lets so many requests through a second. */
export type RateLimit = () => boolean;

/** @param findLimit - gives how many within any 1,000 ms; undefined for all. */
export function createRateLimit(findLimit: () => number | undefined, now: () => number): RateLimit {
  let admitted: number[] = [];
  return () => {
    const perSecond = findLimit();
    if (perSecond === undefined) return true;
    const at = now();
    admitted = admitted.filter((time) => time > at - 1_000);
    if (admitted.length >= perSecond) return false;
    admitted.push(at);
    return true;
  };
}
