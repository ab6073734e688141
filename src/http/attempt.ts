import { TOKEN_HEADER } from "../../generated/constants.js";
import { LinqConnectionError } from "../errors/connection-error.js";
import { InvalidInputError } from "../errors/invalid-input-error.js";
import { InvalidResponseError } from "../errors/invalid-response-error.js";
import type { RequestContext } from "../errors/request-error.js";
import { LinqTimeoutError } from "../errors/timeout-error.js";
import { UnexpectedRedirectError } from "../errors/unexpected-redirect-error.js";
import type { Message, WholeAnswer } from "./api.js";
import type { Call } from "./call.js";
import { startDeadline, untilOver } from "./deadline.js";
import { readFailure } from "./failure.js";
import { discardBody, headersOf } from "./plain-answer.js";
import { adviceOnProxy } from "./proxy.js";
import { readText } from "./read-text.js";
import { redactCause } from "./redact-cause.js";
import { resolveToken, type Token } from "./token.js";

/** How to send requests. */
export interface Outgoing {
  readonly token: Token | undefined;
  readonly fetch: typeof globalThis.fetch | undefined;
  /** The largest answer to accept, in bytes. */
  readonly maxAnswerBytes: number;
}

/**
 * Whether a request can bypass the cache. A cached list could predate the guard's own subscription. The
 * check runs at the first request, because reading `Request` makes Node load all of its `fetch`, and a
 * program that only imports the library should not pay for that.
 */
const canRefuseCache = (): boolean =>
  (hasCache ??= typeof Request === "function" && "cache" in Request.prototype);
let hasCache: boolean | undefined;

/**
 * Sends a message once and returns the complete answer. It adds the token, never follows a redirect, and
 * applies the call's `timeout` to the whole exchange, even if `fetch` ignores its signal. Every status
 * except 3xx is an answer.
 */
export async function attempt(
  { token, fetch = findFetch(), maxAnswerBytes }: Outgoing,
  { url, method, headers, body }: Message,
  call: Call,
  context: RequestContext,
): Promise<WholeAnswer> {
  const { timeout } = call;
  let phase: LinqTimeoutError["phase"] = "headers";
  const onTimeout = (): Error => new LinqTimeoutError(phase, timeout, context);
  const deadline = startDeadline({ outer: call.onEnd, timeout, onTimeout });
  const signal = deadline.getSignal();
  try {
    deadline.throwIfOver();
    return await untilOver(deadline, exchange());
  } finally {
    deadline.stop();
  }

  async function exchange(): Promise<WholeAnswer> {
    const sent = { ...headers };
    if (token !== undefined) {
      // A string was checked when the client was made.
      const value = typeof token === "string" ? token : await resolveToken(token);
      call.hide(value);
      sent[TOKEN_HEADER.toLowerCase()] = value;
      // The caller may have seen the call end while the token was fetched, so nothing may be sent now.
      deadline.throwIfOver();
    }
    try {
      const init: RequestInit = { method, headers: sent, body, signal, redirect: "manual" };
      if (canRefuseCache()) init.cache = "no-store";
      const response = await fetch(url, init);
      refuseRedirect(response, context);
      phase = "body";
      const text = await readText(response, maxAnswerBytes, context);
      const { status } = response;
      checkStatus(status, context);
      return { status, headers: headersOf(response), text, json: parseJson(text) };
    } catch (error) {
      if (error instanceof UnexpectedRedirectError || error instanceof InvalidResponseError) {
        throw error;
      }
      const { systemCode, sent } = readFailure(error);
      const details = {
        systemCode: call.redact(systemCode ?? "") || undefined,
        sent,
        advice: adviceOnProxy(url),
      };
      const cause = redactCause(error, call.redact);
      throw new LinqConnectionError(details, context, { cause });
    }
  }
}

function refuseRedirect(response: Response, context: RequestContext): void {
  const { status, type, redirected } = response;
  // 304 is not a redirect, although it is in the 3xx class.
  const isRedirect =
    type === "opaqueredirect" || (status >= 300 && status <= 399 && status !== 304);
  if (!isRedirect && !redirected) return;
  discardBody(response);
  throw new UnexpectedRedirectError(isRedirect ? status : 0, context, !isRedirect);
}

/** Looks `fetch` up for each request, because tests and instrumentation replace it. */
function findFetch(): typeof globalThis.fetch {
  const { fetch } = globalThis as { fetch?: typeof globalThis.fetch };
  if (typeof fetch === "function") return fetch;
  throw new InvalidInputError("fetch", "given, because this runtime has none");
}

function parseJson(text: string): WholeAnswer["json"] {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** A status outside this range is not HTTP, and `Response` does not accept it. */
function checkStatus(status: number, context: RequestContext): void {
  if (status >= 200 && status <= 599) return;
  const expected = "sent with an HTTP status from 200 to 599";
  const details = { status, contentType: undefined, field: "", expected, preview: "" };
  throw new InvalidResponseError(details, context);
}
