import { notify } from "../checks/notify.js";
import { InvalidInputError } from "../errors/invalid-input-error.js";
import { InvalidEventError } from "../errors/invalid-event-error.js";
import { InvalidSignatureError } from "../errors/invalid-signature-error.js";
import { outlivesAnswer } from "#receiver/runtime";
import { readClaim } from "./authenticate.js";
import type { LinqEvent } from "./event.js";
import { findHandler } from "./find-handler.js";
import { keysOf } from "./keys-of.js";
import { parseLinqTime } from "./linq-time.js";
import { createOnce, type Run } from "./once.js";
import type { ReceiverSettings } from "./parse-receiver-options.js";
import { whenBegun } from "./progress.js";
import type { DeliveryHeaders } from "./read-header.js";
import type { Receipt as Answered, ReceiveContext } from "./receiver.js";
import { unwrap } from "./unwrap-event.js";

/** What has become of a delivery, before it is known how long it took. */
type Receipt = Omit<Answered, "duration">;

/** How long the store has for an answer at least, in ms: more than any that works takes. */
const GRACE = 1_000;

/** How long it has for any answer at most, in ms, also where the answer to the delivery waits for ever. */
const PATIENCE = 8_000;

/** A delivery on its way through the checks. */
interface Incoming {
  readonly headers: DeliveryHeaders;
  /** Gets the raw body. */
  readonly read: () => Uint8Array | Promise<Uint8Array>;
  /** Resolves when the answer cannot wait for the handler any longer. */
  readonly due: () => Promise<unknown>;
  readonly context: ReceiveContext;
}

/** Takes a delivery from the first check to its answer. Never rejects. */
export type TakeDelivery = (incoming: Incoming) => Promise<Receipt>;

/** @param track - is told of work that may go on after its answer. */
export function createTakeDelivery(
  settings: ReceiverSettings,
  track: (work: Promise<unknown>) => void,
): TakeDelivery {
  const { trust, store, claimTtl, completedTtl, ackTimeout, maxAge } = settings;
  const report = (error: unknown, event?: LinqEvent): void => {
    notify(settings.onError, error, event);
  };
  const once = createOnce({
    ...{ store, claimTtl, completedTtl, grace: GRACE, onError: report },
    timeout: Math.max(GRACE, Math.min(ackTimeout, PATIENCE)),
  });

  return async (incoming) => {
    let event: LinqEvent | undefined;
    let handle: (() => unknown) | undefined;
    let run: Run | undefined;
    try {
      // A stranger without a signature shall not make us read anything.
      const claimed = readClaim(incoming.headers, trust);
      const read = incoming.read();
      const body = read instanceof Promise ? await read : read;
      const unwrapped = unwrap(body, claimed, settings);
      event = unwrapped instanceof Promise ? await arm(incoming, unwrapped) : unwrapped;
      checkAge(event, maxAge);
      handle = findHandler(event, settings);
      if (!handle) return { status: 200, body: "", outcome: "ignored", event };
      const keys = keysOf(event, body, settings);
      // Also where all is there: a handler shall not begin before the call that delivers has returned.
      run = once(
        await (keys instanceof Promise ? arm(incoming, keys) : keys),
        handle,
        incoming.due,
      );
      const { progress, outcome, isHandled } = run;
      if (isHandled && !progress.rest) return { ...HANDLED, event };
      const rest = (): unknown => progress.rest;
      track(outcome.then(rest, rest));
      return { ...(await settle(run, incoming, event)), event };
    } catch (error) {
      const seen = event && { event };
      // A handler may throw such an error too, of another delivery.
      if (!handle && isRefusal(error)) {
        notify(settings.onRefused, error);
        const { status, message } = error;
        return { status, body: message, outcome: "refused", error, ...seen };
      }
      report(error, event);
      const failed = { outcome: "failed", error, ...seen } as const;
      // A store that is down comes back.
      if (run && !run.progress.hasBegun)
        return { status: 503, body: "the store has failed", ...failed };
      return { status: 500, body: "failed", ...failed };
    }
  };

  /** Waits for the run, or, where the work goes on by itself, only until the answer is due. */
  async function settle(
    { outcome, progress }: Run,
    { due, context }: Incoming,
    event: LinqEvent,
  ): Promise<Receipt> {
    const canLeave = outlivesAnswer || context.waitUntil !== undefined;
    const left =
      canLeave && Promise.all([whenBegun(progress), due()]).then(() => "accepted" as const);
    const result = await (left ? Promise.race([outcome, left]) : outcome).finally(() => {
      if (progress.rest) context.waitUntil?.(progress.rest);
    });
    if (result === "accepted") {
      const end = outcome.catch((error: unknown) => {
        report(error, event);
      });
      context.waitUntil?.(end.then(() => progress.rest));
    }
    if (result === "unanswered") {
      const error = new InvalidInputError("store", "one that answers before `ackTimeout` is over");
      report(error, event);
      return { status: 503, body: "the store did not answer", outcome: "failed", error };
    }
    return result === "pending"
      ? { status: 503, body: "another process is at work on it", outcome: result }
      : { status: 200, body: "", outcome: result };
  }
}

const HANDLED = { status: 200, body: "", outcome: "handled" } as const;

/** Sets the timer of the answer before something is waited for. */
function arm<Value>({ due }: Incoming, awaited: Promise<Value>): Promise<Value> {
  void due();
  return awaited;
}

function isRefusal(error: unknown): error is InvalidSignatureError | InvalidEventError {
  return error instanceof InvalidSignatureError || error instanceof InvalidEventError;
}

function checkAge({ created_at }: LinqEvent, maxAge: number): void {
  if (maxAge === Infinity) return;
  const time = typeof created_at === "string" ? parseLinqTime(created_at) : undefined;
  if (!time || Math.abs(Date.now() - time.getTime()) > maxAge) {
    throw new InvalidEventError("created_at", `a time within ${maxAge} ms of now`);
  }
}
