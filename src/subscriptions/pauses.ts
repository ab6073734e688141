/** The pauses between the looks of a call, in ms. */

/** How long a write in doubt is given to land: before the first look, and before the last. */
export const SHORT_PAUSE = 500;
export const LONGEST_PAUSE = 8_000;

/**
 * The pauses of a call that has nothing to do but to wait for a list to show what it should: a list
 * that lags a little costs one more look, and one that lags for {@link LONGEST_PAUSE} six.
 */
const PATIENCE = [250, 500, 1_000, 2_000, 4_250];

/** The next of these pauses, jittered, so that replicas do not look in step; undefined after the last. */
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

/** How old the list may be on which a write rests. */
export const MAX_LOOK_AGE = 1_000;

/**
 * How long after a subscription has gained events by PUT the last PUT that rests on an older list has
 * arrived. Only then may others give these events up to it.
 */
export const SETTLING_TIME = 1_500;
