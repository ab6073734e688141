/** Whether one more request is admitted now; counts the request. */
export type RateLimit = () => boolean;

/** @param findLimit - returns the limit per 1,000 ms; undefined for no limit. */
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
