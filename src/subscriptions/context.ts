import type { Clock } from "../http/clock.js";
import type { Lock } from "./lock.js";
import type { Requests } from "./requests.js";

/** The services that all methods share. */
export interface Context {
  readonly requests: Requests;
  readonly clock: Clock;
  readonly lock: Lock;
}
