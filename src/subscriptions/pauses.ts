/** The pauses between the looks of a call, in ms. */

/** How long to wait for a write in doubt to land: before the first look, and before the last. */
export const SHORT_PAUSE = 500;
export const LONGEST_PAUSE = 8_000;

/**
 * The pauses of a call that only waits for the list to show a write. A list that lags a little costs one
 * more look, and a list that lags for {@link LONGEST_PAUSE} costs six.
 */
const PATIENCE = [250, 500, 1_000, 2_000, 4_250];

/** The next of these pauses, with jitter so that replicas do not look in step; undefined after the last. */
export function patience(nth: number, random: number): number | undefined {
  const pause = PATIENCE[nth];
  return pause === undefined ? undefined : pause * (1 + random / 4);
}

/** Back-off between two rounds of writes: it doubles from the base up to the limit, with full jitter. */
const BACK_OFF_BASE = 50;
const BACK_OFF_LIMIT = 2_000;

export function backOff(round: number, random: number): number {
  return random * Math.min(BACK_OFF_LIMIT, BACK_OFF_BASE * 2 ** round);
}

/** The maximum age of a list that a write rests on. */
export const MAX_LOOK_AGE = 1_000;

/**
 * After a PUT adds events to a subscription, a PUT of another client that rests on an older list may still
 * arrive during this time. Only after it may other subscriptions give up these events.
 */
export const SETTLING_TIME = 1_500;
