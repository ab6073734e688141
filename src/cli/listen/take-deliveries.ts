import { Buffer } from "node:buffer";
import { InvalidSignatureError } from "../../errors/invalid-signature-error.js";
import { createReceiver, type Receipt } from "../../receiver/index.js";
import { PageError } from "../page/page-error.js";
import type { Header, PageDelivery, PageForward } from "../page/protocol.js";
import { type Arrival, toHeaderRecord } from "./arrival.js";
import { createAttempts } from "./attempts.js";
import type { Forward, Forwarded } from "./forward.js";
import { hideHeaders } from "./hide-headers.js";
import { showBody } from "./kept-body.js";
import { senderOf } from "./sender-of.js";

/** The answer to a delivery. */
interface DeliveryAnswer {
  readonly status: number;
  readonly headers: readonly Header[];
  readonly body: string | Uint8Array;
}

/** Receives deliveries: it verifies them, forwards them, and keeps the latest ones. */
export interface Deliveries {
  readonly take: (arrival: Arrival) => Promise<{ id: string; answer: DeliveryAnswer }>;
  /** Receives the same bytes again. @throws {PageError} when they are no longer kept. */
  readonly takeAgain: (id: string) => Promise<string>;
  /** Forwards a delivery again. @throws {PageError} when that is not possible. */
  readonly forwardAgain: (id: string) => Promise<PageForward>;
}

/** Options of receiving deliveries. */
export interface DeliveriesOptions {
  /** Without one, signatures are not verified. */
  readonly secret: string | undefined;
  /** Undefined if deliveries are not forwarded. */
  readonly forward: Forward | undefined;
  /** In ms since the epoch. */
  readonly now: () => number;
  /** Called for each delivery when it arrives, and again after each change. */
  readonly onChange: (delivery: PageDelivery) => void;
  /** Called for each delivery before the answer, which waits for it. */
  readonly onAnswer: (delivery: PageDelivery, arrival: Arrival) => Promise<void>;
}

/** How many deliveries are kept; the oldest are dropped first. */
const MOST = 1_000;

/** The status for a failed forward, after which Linq delivers the event again. */
const NOT_FORWARDED = 503;

interface Kept {
  readonly delivery: PageDelivery;
  readonly arrival: Arrival;
}

export function createDeliveries(options: DeliveriesOptions): Deliveries {
  const { secret, forward, now, onChange, onAnswer } = options;
  const receiver = createReceiver({
    ...(secret === undefined ? { allowUnsigned: true } : { secret }),
    // The receipt contains the reason.
    onRefused: () => undefined,
  });
  const countAttempt = createAttempts();
  const kept = new Map<string, Kept>();
  let lastId = 0;

  const keep = (delivery: PageDelivery, arrival: Arrival): void => {
    kept.set(delivery.id, { delivery, arrival });
    const [oldest] = kept.keys();
    if (kept.size > MOST && oldest !== undefined) kept.delete(oldest);
    onChange(delivery);
  };

  const take: Deliveries["take"] = async (arrival) => {
    const start = performance.now();
    const receivedAt = new Date(now()).toISOString();
    const receipt = await verify(arrival);
    const known = describe(receipt, arrival);
    const id = String(++lastId);
    const begun = { id, receivedAt, ...known, duration: 0, forward: null };
    const arrived = { ...arrival, body: known.isBodyCut ? undefined : arrival.body };
    let forwarded: Forwarded | undefined;
    if (forward && receipt.outcome !== "refused") {
      keep({ ...begun, outcome: "accepted", status: null }, arrived);
      forwarded = await forward(arrival);
    }
    const answer = toAnswer(receipt, forwarded);
    const delivery: PageDelivery = {
      ...begun,
      outcome: outcomeOf(receipt, forwarded, known.attempt),
      status: answer.status,
      duration: Math.round(performance.now() - start),
      forward: forwarded ? toPageForward(forwarded) : null,
    };
    keep(delivery, arrived);
    await onAnswer(delivery, arrival);
    return { id, answer };
  };

  return {
    take,
    takeAgain: async (id) => (await take(findWhole(id).arrival)).id,
    forwardAgain: async (id) => {
      const { delivery, arrival } = findWhole(id);
      if (!forward)
        throw new PageError(
          409,
          "`listen` has no program to forward it to: restart it with --forward-to.",
        );
      if (delivery.outcome === "refused") {
        throw new PageError(409, "A refused delivery cannot be forwarded.");
      }
      const result = toPageForward(await forward(arrival));
      keep({ ...delivery, forward: result }, arrival);
      return result;
    },
  };

  async function verify({ headers, body }: Arrival): Promise<Omit<Receipt, "duration">> {
    if (body) return receiver.receive({ body, headers: toHeaderRecord(headers) });
    return { status: 413, body: "the body is larger than 1 MiB", outcome: "refused" };
  }

  function describe({ event, error }: Pick<Receipt, "event" | "error">, arrival: Arrival) {
    const { headers, body = Buffer.alloc(0) } = arrival;
    const eventId = typeof event?.event_id === "string" ? event.event_id : null;
    return {
      event: event?.event_type ?? null,
      eventId,
      from: senderOf(event?.data),
      signature: signatureOf(error, secret !== undefined && arrival.body !== undefined),
      attempt: event && eventId !== null ? countAttempt(`${event.event_type} ${eventId}`) : 1,
      url: null,
      headers: hideHeaders(headers),
      ...showBody(body),
    };
  }

  function findWhole(id: string): Kept {
    const found = kept.get(id);
    if (!found) throw new PageError(404, "This delivery is no longer kept.");
    if (found.arrival.body) return found;
    throw new PageError(409, "The body of this delivery was too large to keep.");
  }
}

function signatureOf(error: unknown, isVerified: boolean): PageDelivery["signature"] {
  if (!isVerified) return "unchecked";
  if (!(error instanceof InvalidSignatureError)) return "valid";
  return error.reason === "missing" ? "missing" : "invalid";
}

function outcomeOf(
  { outcome }: Pick<Receipt, "outcome">,
  forwarded: Forwarded | undefined,
  attempt: number,
): PageDelivery["outcome"] {
  if (outcome === "refused") return "refused";
  if (!forwarded) return attempt > 1 ? "duplicate" : "accepted";
  return isTaken(forwarded.status) ? "forwarded" : "failed";
}

function isTaken(status: number | null): boolean {
  return status !== null && status >= 200 && status < 300;
}

function toAnswer(
  { status, body }: Pick<Receipt, "status" | "body">,
  forwarded: Forwarded | undefined,
): DeliveryAnswer {
  if (!forwarded) return { status, headers: [], body };
  if (forwarded.status !== null) return forwarded;
  return { status: NOT_FORWARDED, headers: [], body: "the program did not answer" };
}

function toPageForward(forwarded: Forwarded): PageForward {
  const { status, duration } = forwarded;
  return forwarded.status === null
    ? { status: null, duration, error: forwarded.error }
    : { status, duration };
}
