import type { Fault } from "./faults/fault.js";

/** A request that the API has processed. Neither its token nor its body is kept. */
export interface SandboxRequest {
  /** The HTTP method, in upper case. */
  readonly method: string;
  /** The path, without the query. */
  readonly path: string;
  /** The HTTP status; undefined if the request got no headers of an answer. */
  readonly status: number | undefined;
  /** The time until the answer was ready, in ms. */
  readonly duration: number;
  /** The fault that happened, if any; of several faults, the one that is not latency. */
  readonly fault: Fault["kind"] | undefined;
}
