import type { EventName } from "../../generated/constants.js";
import type { InvalidEventError } from "../errors/invalid-event-error.js";
import type { InvalidSignatureError } from "../errors/invalid-signature-error.js";
import type { DeliveryStore } from "./delivery-store.js";
import type { EventOf, LinqEvent, UnknownEvent } from "./event.js";
import type { NodeListener } from "./node-listener.js";
import type { RawDelivery } from "./unwrap-event.js";
import type { TrustOptions } from "./trust.js";

/**
 * A function for each event that the specification knows. `on` takes any part of it; with
 * `satisfies EventHandlers` an event that the specification gains is a type error until it is handled.
 */
export type EventHandlers = {
  readonly [Name in EventName]: (event: EventOf<Name>) => unknown;
};

/** How a receiver treats deliveries. */
export type ReceiverOptions = TrustOptions & {
  /** What to do with which event. Events without a handler are answered by 200 and forgotten. */
  on?: Partial<EventHandlers> | undefined;
  /** Gets the events that this version of the library does not know, whole. */
  onUnknownEvent?: ((event: UnknownEvent) => unknown) | undefined;
  /**
   * Told of what would otherwise be lost: what a handler or the store has thrown.
   *
   * @default one line with `console.error`: type and id of the event, and the message
   */
  onError?: ((error: unknown, event: LinqEvent | undefined) => unknown) | undefined;
  /**
   * Told of every delivery that is refused, and why.
   *
   * @default one line with `console.warn`: the reason, and what to do
   */
  onRefused?: ((error: InvalidSignatureError | InvalidEventError) => unknown) | undefined;
  /** Told of every delivery once it is answered. */
  onReceipt?: ((receipt: Receipt) => unknown) | undefined;
  /**
   * Remembers what has been handled.
   *
   * @default createMemoryStore(), which knows nothing of other processes
   */
  store?: DeliveryStore | undefined;
  /**
   * What the keys in the store begin with, so that several receivers can share one.
   *
   * @default "linq:v2"
   */
  namespace?: string | undefined;
  /**
   * How long an event counts as being handled when its process dies, in ms. While a handler works, its
   * claim is renewed every third of it.
   *
   * @default 300_000
   */
  claimTtl?: number | undefined;
  /**
   * How long to remember that an event was handled, in ms.
   *
   * @default what the store says (`remember`), else 86_400_000 (a day)
   */
  completedTtl?: number | undefined;
  /**
   * A second name for the event, besides its type and id: whether the two deliveries that twin
   * subscriptions cause carry the same id is not documented. Events with an equal one are handled
   * once; undefined or "" for none.
   */
  dedupeKey?: ((event: LinqEvent) => string | undefined) | undefined;
  /**
   * How far the event's own time (`created_at`, which is signed) may lie in the past or future, in
   * ms. It is not the time of the attempt, so a small value refuses honest redeliveries.
   *
   * @default Infinity
   */
  maxAge?: number | undefined;
  /**
   * How large a body may be, in bytes.
   *
   * @default 1_048_576
   */
  maxBodyBytes?: number | undefined;
  /**
   * After how many ms to answer 200 although the handler is still at work. Linq waits 10 s. It needs
   * a `waitUntil`, or Node, Deno or Bun, where `close` waits for the work; elsewhere, and where the
   * platform freezes the process after the answer, the answer waits for the handler. `Infinity`
   * always waits. A body that takes longer than this to arrive is answered by 408.
   *
   * @default 8_000
   */
  ackTimeout?: number | undefined;
};

/** What a platform hands to a handler of requests; that of Cloudflare fits as it is. */
export interface ReceiveContext {
  /** Keeps the process at work after the answer, until the promise settles. */
  waitUntil?(promise: Promise<unknown>): void;
}

/** What has become of a delivery, and the answer to it. */
export interface Receipt {
  /** The HTTP status to answer with. Only 200 tells Linq not to deliver again. */
  readonly status: number;
  /** The text to answer with: empty, or why the delivery was not taken; nothing of what it said. */
  readonly body: string;
  /**
   * - `handled`: a handler has finished.
   * - `accepted`: a handler is at work, and goes on after the answer.
   * - `duplicate`: it has been handled before.
   * - `ignored`: there is no handler for it.
   * - `pending`: another process is at work on it; Linq should try again in case that fails.
   * - `refused`: its signature, its form or its age is not as it must be.
   * - `failed`: a handler has thrown `error` (500), or the store has, or has not answered in time (503);
   *   the next delivery is handled.
   * - `closed`: the receiver has been closed.
   */
  readonly outcome:
    "handled" | "accepted" | "duplicate" | "ignored" | "pending" | "refused" | "failed" | "closed";
  /** How long it took until the answer, in ms. */
  readonly duration: number;
  /** The event, once it was believed. */
  readonly event?: LinqEvent;
  /** Why it was refused (an `InvalidSignatureError` or `InvalidEventError`), or what was thrown. */
  readonly error?: unknown;
}

/** Receives deliveries. Its functions need no `this`. */
export interface Receiver {
  /**
   * Answers a request to the webhook URL, in any server that speaks `Request` and `Response`. Never
   * rejects.
   *
   * @param context - whatever the server passes; all that is looked for in it is a `waitUntil`.
   */
  readonly fetch: (request: Request, context?: ReceiveContext | object) => Promise<Response>;
  /**
   * Takes a delivery from a framework that holds the raw body itself. Never rejects: what is to be
   * answered is in the receipt.
   */
  readonly receive: (delivery: RawDelivery, context?: ReceiveContext) => Promise<Receipt>;
  /**
   * Answers a request of `node:http`, Express or Connect whose body nobody has read, without an adapter:
   * `http.createServer(receiver.node)`, or `app.post("/hook", receiver.node)`. Behind a parser it takes
   * what that leaves of the raw body (a string or bytes in `request.body`), and refuses the rest.
   */
  readonly node: NodeListener;
  /**
   * Takes no more deliveries (503, so that Linq tries again) and waits for the handlers at work.
   * Await it before the process ends, so that nothing is lost that was answered by 200.
   *
   * @param options - `timeout`: how long to wait at most, in ms; without it, until all have finished.
   * Those that have not are told to `onError`.
   */
  readonly close: (options?: { timeout?: number | undefined }) => Promise<void>;
}
