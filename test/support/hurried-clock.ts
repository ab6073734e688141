import { type Clock, systemClock } from "../../src/http/clock.js";

/** How many times as fast pauses pass. */
const SPEED = 8;

/** What a request takes at most where the machine has time for it, in ms. */
const USUAL = 20;

/** What a request took lately, in ms. */
let took = USUAL;

/**
 * The system's clock, but with pauses that pass quickly, so that many races fit into a test. On a busy
 * machine they are longer by as much as requests are: otherwise the patience of one process, 8 s, would
 * be over before another had a turn.
 */
export const hurriedClock: Clock = {
  ...systemClock,
  sleep: (ms, signal) => systemClock.sleep((ms / SPEED) * (took / USUAL), signal),
};

/** The `fetch` by which {@link hurriedClock} knows how busy the machine is. */
export const timedFetch: typeof fetch = async (...request) => {
  const start = performance.now();
  try {
    return await fetch(...request);
  } finally {
    took = Math.max(USUAL, performance.now() - start, took * 0.9);
  }
};
