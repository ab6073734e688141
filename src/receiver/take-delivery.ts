import { notify } from "../checks/notify.js";
import { InvalidInputError } from "../errors/invalid-input-error.js";
import { InvalidEventError } from "../errors/invalid-event-error.js";
import { InvalidSignatureError } from "../errors/invalid-signature-error.js";
import { outlivesAnswer } from "#receiver/runtime";
import { readClaim } from "./authenticate.js";
import type { LinqEvent } from "./event.js";
import { findHandler } from "./find-handler.js";
import type { Read } from "./intake.js";
import { keysOf } from "./keys-of.js";
import { parseLinqTime } from "./linq-time.js";
import { createOnce, type Run } from "./once.js";
import type { ReceiverSettings } from "./parse-receiver-options.js";
import { whenBegun } from "./progress.js";
import type { DeliveryHeaders } from "./read-header.js";
import type { Receipt, ReceiveContext } from "./receiver.js";
import type { Deadline } from "./timer.js";
import { unwrap } from "./unwrap-event.js";

/** The outcome of a delivery, before its duration is known. */
export type Outcome = Omit<Receipt, "duration">;

/** The minimum time that the store has for an answer, in ms: more than any working store needs. */
const GRACE = 1_000;

/** The maximum time that it has for an answer, in ms, even if `ackTimeout` is `Infinity`. */
const PATIENCE = 8_000;

/** A delivery before its checks. */
interface Incoming {
  readonly headers: DeliveryHeaders;
  readonly read: Read;
  /** Resolves when the answer cannot wait for the handler any longer. */
  readonly due: Deadline["due"];
  readonly context: ReceiveContext;
}

/** Takes a delivery from the first check to its answer. Never rejects. */
export type TakeDelivery = (incoming: Incoming) => Promise<Outcome>;

/** @param track - called with work that may continue after the answer. */
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
      // Nothing is read for a sender without a signature.
      const claimed = readClaim(incoming.headers, trust);
      const read = incoming.read(incoming.due);
      const body = read instanceof Promise ? await read : read;
      const unwrapped = unwrap(body, claimed, settings);
      event = unwrapped instanceof Promise ? await arm(incoming, unwrapped) : unwrapped;
      checkAge(event, maxAge);
      handle = findHandler(event, settings);
      if (!handle) return { status: 200, body: "", outcome: "ignored", event };
      const keys = keysOf(event, body, settings);
      // Awaited even if the keys are not a promise: no handler may begin before the caller's call returns.
      run = once(
        await (keys instanceof Promise ? arm(incoming, keys) : keys),
        handle,
        incoming.due,
      );
      const { progress, outcome, isHandled } = run;
      if (isHandled && !progress.rest) return { status: 200, body: "", outcome: "handled", event };
      const rest = (): unknown => progress.rest;
      track(outcome.then(rest, rest));
      return { ...(await settle(run, incoming, event)), event };
    } catch (error) {
      const seen = event && { event };
      // A handler may also throw such an error, about another delivery.
      if (!handle && isRefusal(error)) {
        notify(settings.onRefused, error);
        const { status, message } = error;
        return { status, body: message, outcome: "refused", error, ...seen };
      }
      report(error, event);
      const failed = { outcome: "failed", error, ...seen } as const;
      // The store may recover, so Linq should deliver again.
      if (run && !run.progress.hasBegun)
        return { status: 503, body: "the store failed", ...failed };
      return { status: 500, body: "failed", ...failed };
    }
  };

  /** Waits for the run, or only until the answer is due where the run can continue without the request. */
  async function settle(
    { outcome, progress }: Run,
    { due, context }: Incoming,
    event: LinqEvent,
  ): Promise<Outcome> {
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
      const error = new InvalidInputError("store", "able to answer before `ackTimeout` ends");
      report(error, event);
      return { status: 503, body: "the store did not answer", outcome: "failed", error };
    }
    return result === "pending"
      ? { status: 503, body: "another process is handling it", outcome: result }
      : { status: 200, body: "", outcome: result };
  }
}

/** Starts the timer of the answer before the caller waits. */
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
