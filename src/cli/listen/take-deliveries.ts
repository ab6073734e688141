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

/** What is answered to a delivery. */
interface DeliveryAnswer {
  readonly status: number;
  readonly headers: readonly Header[];
  readonly body: string | Uint8Array;
}

/** Takes deliveries: verifies them, hands them on, and keeps the last of them. */
export interface Deliveries {
  readonly take: (arrival: Arrival) => Promise<{ id: string; answer: DeliveryAnswer }>;
  /** Takes the same bytes again. @throws {PageError} where they are not kept. */
  readonly takeAgain: (id: string) => Promise<string>;
  /** Hands a delivery on once more. @throws {PageError} where that is not possible. */
  readonly forwardAgain: (id: string) => Promise<PageForward>;
}

/** How deliveries are taken. */
export interface DeliveriesOptions {
  /** Without one, signatures are not verified. */
  readonly secret: string | undefined;
  /** Undefined where nothing is handed on. */
  readonly forward: Forward | undefined;
  /** In ms since the epoch. */
  readonly now: () => number;
  /** Told of each delivery as it is taken, and again when more is known of it. */
  readonly onChange: (delivery: PageDelivery) => void;
  /** Told of each delivery that is about to be answered; the answer waits for it. */
  readonly onAnswer: (delivery: PageDelivery, arrival: Arrival) => Promise<void>;
}

/** How many deliveries are kept to be sent again; the oldest go first. */
const MOST = 1_000;

/** Linq delivers again what is answered so. */
const NOT_HANDED_ON = 503;

interface Kept {
  readonly delivery: PageDelivery;
  readonly arrival: Arrival;
}

export function createDeliveries(options: DeliveriesOptions): Deliveries {
  const { secret, forward, now, onChange, onAnswer } = options;
  const receiver = createReceiver({
    ...(secret === undefined ? { allowUnsigned: true } : { secret }),
    // It is in the receipt.
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
      if (!forward) throw new PageError(409, "There is no program to hand it on to: --forward-to.");
      if (delivery.outcome === "refused") {
        throw new PageError(409, "A delivery that was refused is not handed on.");
      }
      const result = toPageForward(await forward(arrival));
      keep({ ...delivery, forward: result }, arrival);
      return result;
    },
  };

  async function verify({ headers, body }: Arrival): Promise<Omit<Receipt, "duration">> {
    if (body) return receiver.receive({ body, headers: toHeaderRecord(headers) });
    return { status: 413, body: "the body has more than 1 MiB", outcome: "refused" };
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
    if (!found) throw new PageError(404, "This delivery is not kept any more.");
    if (found.arrival.body) return found;
    throw new PageError(409, "The body of this delivery was too large to be kept whole.");
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
  return { status: NOT_HANDED_ON, headers: [], body: "the program did not answer" };
}

function toPageForward(forwarded: Forwarded): PageForward {
  const { status, duration } = forwarded;
  return forwarded.status === null
    ? { status: null, duration, error: forwarded.error }
    : { status, duration };
}
