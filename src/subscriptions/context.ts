import type { Clock } from "../http/clock.js";
import type { Lock } from "./lock.js";
import type { Requests } from "./requests.js";

/** What the methods share. */
export interface Context {
  readonly requests: Requests;
  readonly clock: Clock;
  readonly lock: Lock;
}
