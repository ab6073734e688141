import type { operations } from "../../../generated/openapi.js";

/** A fault, discriminated by `kind`, and the requests that it affects. */
export type Fault = {
  /**
   * The operations that match. A request that calls no operation of the API never matches.
   *
   * @default every operation
   */
  readonly operation?: keyof operations | readonly (keyof operations)[] | undefined;
  /**
   * Returns whether a request matches. It is called only for requests whose `operation` matches.
   *
   * @default every request matches
   */
  readonly when?: ((request: FaultableRequest) => boolean) | undefined;
  /**
   * How many matching requests to skip first. Requests with other faults also count.
   *
   * @default 0
   */
  readonly skip?: number | undefined;
  /**
   * How many requests it then affects; `Infinity` for all.
   *
   * @default 1
   */
  readonly times?: number | undefined;
} & (
  | {
      /** Delays the answer. It adds to other latencies, and combines with another fault. */
      readonly kind: "latency";
      /** The delay in ms, or a range from which each delay is chosen uniformly. */
      readonly ms: number | readonly [min: number, max: number];
      /**
       * Whether the delay is before the request is carried out, so that a client that gives up in the
       * meantime changes nothing, or after it.
       *
       * @default "before"
       */
      readonly where?: "before" | "after" | undefined;
    }
  | {
      /** A redirect. The request is not carried out, and `sandbox.fetch` never follows the redirect. */
      readonly kind: "redirect";
      /** The HTTP status. */
      readonly status: 301 | 302 | 303 | 307 | 308;
      /** The `Location` header. */
      readonly location: string;
    }
  | {
      /**
       * A creation succeeds normally, but lists show the subscription only later. In the meantime it
       * delivers, and can be updated and deleted by its id. Other operations are not affected.
       */
      readonly kind: "hide";
      /** How many further requests are processed before lists show it. */
      readonly requests: number;
    }
  | {
      /**
       * The list shows the state at the time when the fault was injected, without later writes. With
       * `times: Infinity` it does so until the fault is removed. Other operations are not affected.
       */
      readonly kind: "freeze";
    }
  | ({
      /**
       * Whether the request is carried out: not (`"none"`), before the fault (`"done"`), or late, after a
       * number of further requests, whatever their outcome. Late writes that are due at the same time
       * land in the order in which they were sent. It has no effect on requests that only read.
       *
       * @default "none"
       */
      readonly write?:
        | "none"
        | "done"
        | {
            /** How many further requests are processed before the write lands. */
            readonly afterRequests: number;
          }
        | undefined;
    } & (
      | {
          /** The connection breaks without an answer. */
          readonly kind: "reset";
        }
      | {
          /** The answer stalls until the client gives up or the server closes. */
          readonly kind: "stall";
          /**
           * Where it stalls: before the headers, or after half of the body. An answer without a body
           * stalls before the headers.
           *
           * @default "body"
           */
          readonly part?: "headers" | "body" | undefined;
        }
      | {
          /**
           * The connection breaks after half of the body; for an answer without a body, before the
           * headers.
           */
          readonly kind: "truncate";
        }
      | {
          /**
           * The answer is complete, but its body is only the first half of the JSON. Deletions, which
           * have no body, are not affected.
           */
          readonly kind: "garble";
        }
      | {
          /** The right status without a body. Deletions, which never have one, are not affected. */
          readonly kind: "empty";
        }
      | {
          /** An HTML page, as a proxy sends it in place of the API. */
          readonly kind: "html";
          /** The HTTP status, such as 502. */
          readonly status: number;
        }
      | {
          /** An error in the shape of the API. */
          readonly kind: "status";
          /** The HTTP status, from 400 to 599. */
          readonly status: number;
          /**
           * The `Retry-After` header: seconds, or a text such as an HTTP date.
           *
           * @default the switch `retryAfter` for 429, no header for other statuses
           */
          readonly retryAfter?: number | string | undefined;
        }
    ))
);

/** The fault of a kind. */
export type FaultOf<Kind extends Fault["kind"]> = Extract<Fault, { readonly kind: Kind }>;

/** The request that `when` of a {@link Fault} receives. */
export interface FaultableRequest {
  /** The operation that it calls. */
  readonly operation: keyof operations;
  /** The HTTP method, in upper case. */
  readonly method: string;
  /** The path, without the query. */
  readonly path: string;
  /** The JSON body as it was sent, with its secret; undefined without a body, a string if it is not JSON. */
  readonly body: unknown;
}
