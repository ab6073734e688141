import type { EventName } from "../../generated/constants.js";
import type { InvalidEventError } from "../errors/invalid-event-error.js";
import type { InvalidSignatureError } from "../errors/invalid-signature-error.js";
import type { DeliveryStore } from "./delivery-store.js";
import type { EventOf, LinqEvent, UnknownEvent } from "./event.js";
import type { NodeListener } from "./node-listener.js";
import type { RawDelivery } from "./unwrap-event.js";
import type { TrustOptions } from "./trust.js";

/**
 * A function for each event that the specification knows. `on` takes any subset of them. With
 * `satisfies EventHandlers`, an event that is added to the specification is a type error until you
 * handle it.
 */
export type EventHandlers = {
  readonly [Name in EventName]: (event: EventOf<Name>) => unknown;
};

/** The options of `createReceiver`. */
export type ReceiverOptions = TrustOptions & {
  /** A handler for each event that you want. Other events are answered with 200 and ignored. */
  on?: Partial<EventHandlers> | undefined;
  /** The handler for events that this version of the library does not know. */
  onUnknownEvent?: ((event: UnknownEvent) => unknown) | undefined;
  /**
   * Called with errors that would otherwise be lost: those that a handler or the store throws.
   *
   * @default one line with `console.error`: type and id of the event, and the message
   */
  onError?: ((error: unknown, event: LinqEvent | undefined) => unknown) | undefined;
  /**
   * Called for every delivery that is refused, with the reason.
   *
   * @default one line with `console.warn`: the reason, and what to do
   */
  onRefused?: ((error: InvalidSignatureError | InvalidEventError) => unknown) | undefined;
  /** Called for every delivery once it is answered. */
  onReceipt?: ((receipt: Receipt) => unknown) | undefined;
  /**
   * Remembers which events have been handled.
   *
   * @default createMemoryStore(), which other processes do not share
   */
  store?: DeliveryStore | undefined;
  /**
   * The prefix of the keys in the store, so that several receivers can share one.
   *
   * @default "linq:v2"
   */
  namespace?: string | undefined;
  /**
   * How long an event counts as being handled after its process died, in ms. While a handler runs, its
   * claim is renewed three times within this time.
   *
   * @default 300_000
   */
  claimTtl?: number | undefined;
  /**
   * How long to remember that an event was handled, in ms.
   *
   * @default `remember` of the store, or 86_400_000 (one day)
   */
  completedTtl?: number | undefined;
  /**
   * Returns a second key for an event, in addition to its type and id. It is not documented whether the
   * deliveries that duplicate subscriptions cause have the same id. Of the events with the same second
   * key, only the first is handled. Return undefined or "" for no second key.
   */
  dedupeKey?: ((event: LinqEvent) => string | undefined) | undefined;
  /**
   * How far the event's own time (`created_at`, which is signed) may be in the past or future, in ms. It
   * is not the time of the attempt, so a small value refuses genuine redeliveries.
   *
   * @default Infinity
   */
  maxAge?: number | undefined;
  /**
   * The largest body, in bytes.
   *
   * @default 1_048_576
   */
  maxBodyBytes?: number | undefined;
  /**
   * After how many ms to answer 200 while the handler is still running. Linq waits 10 s. An early answer
   * needs a `waitUntil`, or Node, Deno or Bun, where `close` waits for the handler. Elsewhere, and where
   * the platform freezes the process after the answer, the answer waits for the handler. With `Infinity`
   * it always waits. A body that takes longer than this to arrive is answered with 408.
   *
   * @default 8_000
   */
  ackTimeout?: number | undefined;
};

/** The context that a platform passes to a request handler, such as that of Cloudflare Workers. */
export interface ReceiveContext {
  /** Keeps the process running after the answer, until the promise settles. */
  waitUntil?(promise: Promise<unknown>): void;
}

/** The outcome of a delivery, and the answer to it. */
export interface Receipt {
  /** The HTTP status to answer with. Only 200 tells Linq not to deliver again. */
  readonly status: number;
  /** The text to answer with: empty, or why the delivery was not accepted, without its content. */
  readonly body: string;
  /**
   * - `handled`: a handler has finished.
   * - `accepted`: a handler is running, and continues after the answer.
   * - `duplicate`: it has been handled before.
   * - `ignored`: it has no handler.
   * - `pending`: another process is handling it; Linq should deliver it again in case that fails.
   * - `refused`: its signature, form, size or age is invalid.
   * - `failed`: a handler threw `error` (500), or the store threw it or did not answer in time (503). The
   *   next delivery of the event is handled.
   * - `closed`: the receiver has been closed.
   */
  readonly outcome:
    "handled" | "accepted" | "duplicate" | "ignored" | "pending" | "refused" | "failed" | "closed";
  /** The time until the answer, in ms. */
  readonly duration: number;
  /** The event, if the delivery was authentic and valid. */
  readonly event?: LinqEvent;
  /** Why it was refused (an `InvalidSignatureError` or `InvalidEventError`), or the thrown error. */
  readonly error?: unknown;
}

/** Receives deliveries. Its functions need no `this`. */
export interface Receiver {
  /**
   * Answers a request to the webhook URL, in any server that uses `Request` and `Response`. Never
   * rejects.
   *
   * @param context - whatever the server passes; only its `waitUntil` is used.
   */
  readonly fetch: (request: Request, context?: ReceiveContext | object) => Promise<Response>;
  /**
   * Takes a delivery from a framework that has the raw body. Never rejects: the receipt has the answer.
   */
  readonly receive: (delivery: RawDelivery, context?: ReceiveContext) => Promise<Receipt>;
  /**
   * Answers a request of `node:http`, Express or Connect without an adapter:
   * `http.createServer(receiver.node)`, or `app.post("/hook", receiver.node)`. It reads the body itself.
   * Behind a body parser, it accepts a raw body (a string or bytes in `request.body`), and nothing else.
   */
  readonly node: NodeListener;
  /**
   * Answers new deliveries with 503, so that Linq delivers them again, and waits for running handlers.
   * Await it before the process ends, so that no event that was answered with 200 is lost.
   *
   * @param options - `timeout`: the longest time to wait, in ms; by default until all handlers have
   * finished. `onError` is called if some have not.
   */
  readonly close: (options?: { timeout?: number | undefined }) => Promise<void>;
}
