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

/** What a transport is made from. */
export interface TransportOptions extends Outgoing {
  /** Told of every attempt when it has ended; what it throws is ignored. */
  readonly onAttempt: ((attempt: Attempt) => void) | undefined;
  readonly clock: Clock;
}

/**
 * Sends a message, and sends it again where that can help and cannot harm. Being throttled uses up
 * none of the call's retries, only its time.
 *
 * @param freshUntil When what the message rests on is too old to act on, in ms of the clock: it is not
 * sent again after that, and the last attempt's failure stands, with the delay that was waited. Sent in
 * a later request of the same call, it has only those retries left that it has not used up.
 */
export type Transport = (
  message: Message,
  call: Call,
  context: RequestContext,
  freshUntil?: number,
) => Promise<WholeAnswer>;

/** The attempts at a request so far that were to be followed by another. */
function waitsOf({ method, path }: RequestContext, { attempts }: Call): Attempt[] {
  return attempts.filter(
    (past) => past.method === method && past.path === path && past.retryDelay !== undefined,
  );
}

/** How long the call has waited between attempts, in ms, and how long it would have. */
function sumOfWaits({ attempts }: Call, next = 0): number {
  return attempts.reduce((sum, { retryDelay: wait = 0 }) => sum + wait, next);
}

/** How an attempt ended. */
type Ending = Pick<Attempt, "status" | "error" | "systemCode" | "sent" | "retryAfter">;

/** Makes the one way out to the API. */
export function createTransport({ onAttempt, clock, ...outgoing }: TransportOptions): Transport {
  return async (message, call, context, freshUntil = Infinity) => {
    const { method, path } = context;
    // One that was given up for want of a fresh list goes on where it has left off.
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
        // What the caller's own functions threw, or gave, ended it before anything was sent.
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
      // A wait that takes longer than the call may is none: what the server has said says more.
      const delay = isWait && sumOfWaits(call, wished) > call.totalTimeout ? undefined : wished;
      const nthAttempt = { attempt: retries + throttles + 1, duration: endedAt - startedAt };
      report({ ...ending, method, path, ...nthAttempt, retryDelay: delay }, call);

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
    // Nor may an observer change what it is told.
    call.attempts.push(Object.freeze(ended));
    notify(onAttempt, ended);
  }
}

function describeAnswer(answer: WholeAnswer, now: number): Ending {
  if (isCut(answer)) return { ...NO_ANSWER, error: "invalid_response" };
  const { status } = answer;
  return { ...NO_ANSWER, status, retryAfter: readRetryAfter(answer, now) };
}

const NO_ANSWER: Ending = {
  status: undefined,
  error: undefined,
  systemCode: undefined,
  sent: true,
  retryAfter: undefined,
};

/**
 * Whether an answer that is to be JSON is none, as one that broke off and whose length nobody knows:
 * what is compressed is cut without an error, and so is what ends with its connection.
 */
function isCut({ status, headers, text, json }: WholeAnswer): boolean {
  return status >= 200 && status < 300 && text !== "" && !json && isJson(headers);
}

function describeFailure(error: unknown): Ending {
  return {
    ...NO_ANSWER,
    status: error instanceof LinqError && "status" in error ? Number(error.status) : undefined,
    error: error instanceof LinqError ? error.code : "aborted",
    ...(error instanceof LinqConnectionError && { systemCode: error.systemCode, sent: error.sent }),
  };
}
