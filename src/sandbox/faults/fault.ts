import type { OperationId } from "../api/router.js";

/** Something that goes wrong, and the requests that it happens to. */
export type Fault = FaultMatch & FaultEffect;

/** Which requests a fault happens to. Those that meet no operation of the API never match. */
export interface FaultMatch {
  /**
   * The operations that match.
   *
   * @default every operation
   */
  readonly operation?: OperationId | readonly OperationId[] | undefined;
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
}

/** A request as {@link FaultMatch} sees it. */
export interface FaultableRequest {
  readonly operation: OperationId;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** The JSON with the secret as it was sent; undefined for no body, a string for what is not JSON. */
  readonly body: unknown;
}

/**
 * Whether the request is carried out: no; yes, before things go wrong; or later, as soon as so many
 * further requests have been dealt with, whatever became of them: a write that lands late. Writes that
 * are due at the same time land in the order in which they were sent. Means nothing where a request
 * only reads.
 */
export type Write = "none" | "done" | { readonly afterRequests: number };

/** The name of what goes wrong. */
export type FaultKind = FaultEffect["kind"];

/** What goes wrong. */
export type FaultEffect =
  | LatencyEffect
  | ResetEffect
  | StallEffect
  | TruncateEffect
  | GarbleEffect
  | EmptyEffect
  | HtmlEffect
  | StatusEffect
  | RedirectEffect
  | HideEffect
  | FreezeEffect;

/** What all faults share that leave a client without a true answer. */
interface WriteEffect {
  /** @default "none" */
  readonly write?: Write | undefined;
}

/** The answer takes its time. Adds up with other latencies, and with another fault. */
export interface LatencyEffect {
  readonly kind: "latency";
  /** In ms; from a range, every time in it is equally likely. */
  readonly ms: number | readonly [min: number, max: number];
  /**
   * Waits before the request is carried out, so that a client that gives up in the meantime changes
   * nothing, or after it.
   *
   * @default "before"
   */
  readonly where?: "before" | "after" | undefined;
}

/** The connection breaks without an answer. */
export interface ResetEffect extends WriteEffect {
  readonly kind: "reset";
}

/** The answer never ends, until the client gives up or the server closes. */
export interface StallEffect extends WriteEffect {
  readonly kind: "stall";
  /**
   * Where it gets stuck: before the headers, or after half of the body. An answer without a body
   * gets stuck before the headers.
   *
   * @default "body"
   */
  readonly part?: "headers" | "body" | undefined;
}

/** The connection breaks after half of the body; for an answer without a body, before the headers. */
export interface TruncateEffect extends WriteEffect {
  readonly kind: "truncate";
}

/** Half of the JSON, in an answer that is whole otherwise. Passes over deletions, which get no body. */
export interface GarbleEffect extends WriteEffect {
  readonly kind: "garble";
}

/** The right status without a body. Passes over deletions, which get none anyway. */
export interface EmptyEffect extends WriteEffect {
  readonly kind: "empty";
}

/** What a proxy says in place of the API: a page of HTML. */
export interface HtmlEffect extends WriteEffect {
  readonly kind: "html";
  /** Such as 502. */
  readonly status: number;
}

/** An error in the shape of the API. */
export interface StatusEffect extends WriteEffect {
  readonly kind: "status";
  /** From 400 to 599. */
  readonly status: number;
  /**
   * The `Retry-After` header: seconds, or a text such as an HTTP date.
   *
   * @default the switch `retryAfter` for 429, no header for the others
   */
  readonly retryAfter?: number | string | undefined;
}

/** A redirect. The request is not carried out, and `sandbox.fetch` never follows. */
export interface RedirectEffect {
  readonly kind: "redirect";
  readonly status: 301 | 302 | 303 | 307 | 308;
  readonly location: string;
}

/**
 * A creation is carried out and answered as it should be, but lists show the subscription only when
 * so many further requests have been dealt with. It delivers, and can be updated and deleted by its
 * id, in the meantime. Passes over every other operation.
 */
export interface HideEffect {
  readonly kind: "hide";
  readonly requests: number;
}

/**
 * The list is as it was when the fault was injected, whatever has been written since. With `times:
 * Infinity` it stays so until the fault is taken back. Passes over every other operation.
 */
export interface FreezeEffect {
  readonly kind: "freeze";
}
