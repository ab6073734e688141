import type { Fault } from "./faults/fault.js";

/** One request that the API has dealt with. Neither its token nor its body is kept. */
export interface SandboxRequest {
  /** The HTTP method, in capitals. */
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** Undefined where not even the headers of an answer were made. */
  readonly status: number | undefined;
  /** How long it took to the making of the answer, in ms. */
  readonly duration: number;
  /** What went wrong on purpose; of several faults, the one that is not latency. */
  readonly fault: Fault["kind"] | undefined;
}
