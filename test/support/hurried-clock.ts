import { type Clock, systemClock } from "../../src/http/clock.js";

/** How many times as fast pauses pass. */
const SPEED = 20;

/** The system's clock, but with pauses that pass quickly, so that many races fit into a test. */
export const hurriedClock: Clock = {
  ...systemClock,
  sleep: (ms, signal) => systemClock.sleep(ms / SPEED, signal),
};
