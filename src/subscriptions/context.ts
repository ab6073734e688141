import type { Call, CallOptions } from "../http/call.js";
import type { Requests } from "./requests.js";

/** What the methods share. */
export interface Context {
  readonly requests: Requests;
  readonly allowUnknownEvents: boolean;
  readonly startCall: (options: CallOptions) => Call;
  /** Waits some ms, or rejects with the signal's reason as soon as it aborts. */
  readonly sleep: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
  /** A number from 0 up to 1, for jitter. */
  readonly random: () => number;
}
