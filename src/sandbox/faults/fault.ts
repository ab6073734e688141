import type { operations } from "../../../generated/openapi.js";

/** Something that goes wrong, told apart by `kind`, and the requests that it happens to. */
export type Fault = {
  /**
   * The operations that match. A request that meets no operation of the API never matches.
   *
   * @default every operation
   */
  readonly operation?: keyof operations | readonly (keyof operations)[] | undefined;
  /**
   * Whether a request matches; asked only after `operation` has agreed.
   *
   * @default every request does
   */
  readonly when?: ((request: FaultableRequest) => boolean) | undefined;
  /**
   * How many matching requests pass first, whatever other faults do to them.
   *
   * @default 0
   */
  readonly skip?: number | undefined;
  /**
   * How many requests it then happens to; `Infinity` for all.
   *
   * @default 1
   */
  readonly times?: number | undefined;
} & (
  | {
      /** The answer takes its time. Adds up with other latencies, and with another fault. */
      readonly kind: "latency";
      /** In ms; from a range, every time in it is equally likely. */
      readonly ms: number | readonly [min: number, max: number];
      /**
       * Waits before the request is carried out, so that a client that gives up in the meantime
       * changes nothing, or after it.
       *
       * @default "before"
       */
      readonly where?: "before" | "after" | undefined;
    }
  | {
      /** A redirect. The request is not carried out, and `sandbox.fetch` never follows. */
      readonly kind: "redirect";
      /** The HTTP status. */
      readonly status: 301 | 302 | 303 | 307 | 308;
      /** The `Location` header. */
      readonly location: string;
    }
  | {
      /**
       * A creation is carried out and answered as it should be, but lists show the subscription only
       * later. It delivers, and can be updated and deleted by its id, in the meantime. Passes over
       * every other operation.
       */
      readonly kind: "hide";
      /** How many further requests are dealt with before lists show it. */
      readonly requests: number;
    }
  | {
      /**
       * The list is as it was when the fault was injected, whatever has been written since. With
       * `times: Infinity` it stays so until the fault is taken back. Passes over every other operation.
       */
      readonly kind: "freeze";
    }
  | ({
      /**
       * Whether the request is carried out: no; yes, before things go wrong; or later, as soon as so
       * many further requests have been dealt with, whatever became of them: a write that lands late.
       * Writes that are due at the same time land in the order in which they were sent. Means nothing
       * where a request only reads.
       *
       * @default "none"
       */
      readonly write?:
        | "none"
        | "done"
        | {
            /** How many further requests are dealt with before the write lands. */
            readonly afterRequests: number;
          }
        | undefined;
    } & (
      | {
          /** The connection breaks without an answer. */
          readonly kind: "reset";
        }
      | {
          /** The answer never ends, until the client gives up or the server closes. */
          readonly kind: "stall";
          /**
           * Where it gets stuck: before the headers, or after half of the body. An answer without a
           * body gets stuck before the headers.
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
           * Half of the JSON, in an answer that is whole otherwise. Passes over deletions, which get
           * no body.
           */
          readonly kind: "garble";
        }
      | {
          /** The right status without a body. Passes over deletions, which get none anyway. */
          readonly kind: "empty";
        }
      | {
          /** What a proxy says in place of the API: a page of HTML. */
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
           * @default the switch `retryAfter` for 429, no header for the others
           */
          readonly retryAfter?: number | string | undefined;
        }
    ))
);

/** The fault of a kind. */
export type FaultOf<Kind extends Fault["kind"]> = Extract<Fault, { readonly kind: Kind }>;

/** A request as `when` of a {@link Fault} sees it. */
export interface FaultableRequest {
  /** The operation that it asks for. */
  readonly operation: keyof operations;
  /** The HTTP method, in capitals. */
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** The JSON with the secret as it was sent; undefined for no body, a string for what is not JSON. */
  readonly body: unknown;
}
