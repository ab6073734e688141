import { notify } from "../checks/notify.js";
import { isJson } from "../checks/visible-text.js";
import { LinqConnectionError } from "../errors/connection-error.js";
import { InvalidInputError } from "../errors/invalid-input-error.js";
import { LinqError } from "../errors/linq-error.js";
import type { Attempt, RequestContext } from "../errors/request-error.js";
import type { Message, WholeAnswer } from "./api.js";
import { attempt, type Outgoing } from "./attempt.js";
import type { Call } from "./call.js";
import type { Clock } from "./clock.js";
import { isInDoubt, isThrottled, retryDelay } from "./retry.js";
import { readRetryAfter } from "./retry-after.js";

/** The options of {@link createTransport}. */
export interface TransportOptions extends Outgoing {
  /** Is called after every attempt; an error that it throws is ignored. */
  readonly onAttempt: ((attempt: Attempt) => void) | undefined;
  readonly clock: Clock;
}

/**
 * Sends a message, and sends it again if that may help and is safe. Throttling uses up the call's time but
 * none of its retries.
 *
 * @param freshUntil The time of the clock, in ms, after which the list behind the message is too old to
 * act on. The message is not sent again after that, and the last attempt's failure is the result, with the
 * delay that was waited. If the same call sends the message again later, only the unused retries are left.
 */
export type Transport = (
  message: Message,
  call: Call,
  context: RequestContext,
  freshUntil?: number,
) => Promise<WholeAnswer>;

/** The past attempts at a request after which the client planned another one. */
function waitsOf({ method, path }: RequestContext, { attempts }: Call): Attempt[] {
  return attempts.filter(
    (past) => past.method === method && past.path === path && past.retryDelay !== undefined,
  );
}

/** How long the call has waited between attempts, in ms, plus the next wait. */
function sumOfWaits({ attempts }: Call, next = 0): number {
  return attempts.reduce((sum, { retryDelay: wait = 0 }) => sum + wait, next);
}

/** How an attempt ended. */
type Ending = Pick<Attempt, "status" | "error" | "systemCode" | "sent" | "retryAfter">;

/** Makes the transport that all requests to the API use. */
export function createTransport({ onAttempt, clock, ...outgoing }: TransportOptions): Transport {
  return async (message, call, context, freshUntil = Infinity) => {
    const { method, path } = context;
    // A message that stopped because its list was too old continues with its remaining retries.
    const before = freshUntil === Infinity ? [] : waitsOf(context, call);
    let throttles = before.filter(isThrottled).length;
    let retries = before.length - throttles;
    for (;;) {
      const startedAt = clock.now();
      let response: WholeAnswer | undefined;
      let failure: unknown;
      try {
        response = await attempt(outgoing, message, call, context);
      } catch (error) {
        // An error from the caller's own functions, or about their result, came before anything was sent.
        const isOurs = error instanceof LinqError && !(error instanceof InvalidInputError);
        if (!isOurs && !call.isOver()) throw error;
        failure = error;
      }
      const endedAt = clock.now();
      const ending = response ? describeAnswer(response, endedAt) : describeFailure(failure);
      const isWait = isThrottled(ending);
      const isRetried =
        (isWait || retries < call.maxRetries) &&
        !call.isOver() &&
        (method !== "POST" || (call.repeatsPost && !isInDoubt(ending)));
      const nth = isWait ? throttles : retries;
      const wished = isRetried ? retryDelay(ending, nth, clock.random) : undefined;
      // A wait beyond the end of the call is pointless: the server's answer says more than a timeout.
      const delay = isWait && sumOfWaits(call, wished) > call.totalTimeout ? undefined : wished;
      report(
        {
          method,
          path,
          attempt: retries + throttles + 1,
          status: ending.status,
          error: ending.error,
          systemCode: ending.systemCode,
          sent: ending.sent,
          retryAfter: ending.retryAfter,
          duration: endedAt - startedAt,
          retryDelay: delay,
        },
        call,
      );

      if (delay !== undefined) {
        await clock.sleep(delay, call.getSignal());
        if (isWait) throttles++;
        else retries++;
        if (clock.now() <= freshUntil) continue;
      }
      if (response) return response;
      throw failure;
    }
  };

  function report(ended: Attempt, call: Call): void {
    // Frozen, so that an observer cannot change it.
    call.attempts.push(Object.freeze(ended));
    notify(onAttempt, ended);
  }
}

function describeAnswer(answer: WholeAnswer, now: number): Ending {
  if (isCut(answer)) return endingOf({ error: "invalid_response" });
  return endingOf({ status: answer.status, retryAfter: readRetryAfter(answer, now) });
}

/** Completes an ending. It names each member, since V8 is slow at literals with several spreads. */
function endingOf({ status, error, systemCode, sent = true, retryAfter }: Partial<Ending>): Ending {
  return { status, error, systemCode, sent, retryAfter };
}

/**
 * Whether an answer with a JSON content type is not JSON, because it was cut off. A compressed body, or
 * one that ends with its connection, can be cut off without an error.
 */
function isCut({ status, headers, text, json }: WholeAnswer): boolean {
  return status >= 200 && status < 300 && text !== "" && !json && isJson(headers);
}

function describeFailure(error: unknown): Ending {
  return endingOf({
    status: error instanceof LinqError && "status" in error ? Number(error.status) : undefined,
    error: error instanceof LinqError ? error.code : "aborted",
    ...(error instanceof LinqConnectionError && { systemCode: error.systemCode, sent: error.sent }),
  });
}
