import { TOKEN_HEADER } from "../../generated/constants.js";
import { LinqConnectionError } from "../errors/connection-error.js";
import { InvalidResponseError } from "../errors/invalid-response-error.js";
import type { RequestContext } from "../errors/request-error.js";
import { LinqTimeoutError, type TimeoutPhase } from "../errors/timeout-error.js";
import { UnexpectedRedirectError } from "../errors/unexpected-redirect-error.js";
import type { Message, WholeAnswer } from "./api.js";
import type { Call } from "./call.js";
import { startDeadline, untilOver } from "./deadline.js";
import { readText } from "./read-text.js";
import { redactCause } from "./redact-cause.js";
import { findSystemCode } from "./system-code.js";
import { resolveToken, type Token } from "./token.js";

/** How requests go out. */
export interface Outgoing {
  readonly token: Token | undefined;
  readonly fetch: typeof globalThis.fetch | undefined;
  /** How large an answer may be, in bytes. */
  readonly maxAnswerBytes: number;
}

/** A list from a cache would show the guard a past in which its own subscription does not exist. */
const NO_CACHE: RequestInit = "cache" in Request.prototype ? { cache: "no-store" } : {};

/**
 * Sends a message once and gives its answer, complete to the last byte. It adds the token, never
 * follows a redirect, and holds the whole exchange to the call's time, even if `fetch` does not
 * listen to its signal. Any status but 3xx is an answer.
 */
export async function attempt(
  { token, fetch = globalThis.fetch, maxAnswerBytes }: Outgoing,
  { url, ...message }: Message,
  call: Call,
  context: RequestContext,
): Promise<WholeAnswer> {
  const { timeout } = call;
  let phase: TimeoutPhase = "headers";
  const onTimeout = (): Error => new LinqTimeoutError(phase, timeout, context);
  const deadline = startDeadline({ outer: call.onEnd, timeout, onTimeout });
  const { signal } = deadline;
  try {
    signal.throwIfAborted();
    return await untilOver(deadline, exchange());
  } finally {
    deadline.stop();
  }

  async function exchange(): Promise<WholeAnswer> {
    const headers = new Headers(message.headers);
    if (token !== undefined) {
      const value = await resolveToken(token);
      call.hide(value);
      headers.set(TOKEN_HEADER, value);
      // Whoever has been told that it is over must not find it sent after all.
      signal.throwIfAborted();
    }
    try {
      const init = { ...NO_CACHE, ...message, headers, signal, redirect: "manual" } as const;
      const response = await fetch(url, init);
      refuseRedirect(response, context);
      phase = "body";
      const text = await readText(response, maxAnswerBytes, context);
      const { status, headers: received } = response;
      checkStatus(status, context);
      return { status, headers: received, text };
    } catch (error) {
      if (error instanceof UnexpectedRedirectError || error instanceof InvalidResponseError) {
        throw error;
      }
      const systemCode = call.redact(findSystemCode(error) ?? "") || undefined;
      throw new LinqConnectionError(systemCode, context, {
        cause: redactCause(error, call.redact),
      });
    }
  }
}

function refuseRedirect(response: Response, context: RequestContext): void {
  const { status, type } = response;
  if (type !== "opaqueredirect" && (status < 300 || status > 399)) return;
  // Nobody will read the body; a failure to cancel it changes nothing.
  response.body?.cancel().catch(() => undefined);
  throw new UnexpectedRedirectError(status, context);
}

/** What is outside is no HTTP, and no `Response` can be made of it. */
function checkStatus(status: number, context: RequestContext): void {
  if (status >= 200 && status <= 599) return;
  const expected = "sent with an HTTP status from 200 to 599";
  const details = { status, contentType: undefined, field: "", expected, preview: "" };
  throw new InvalidResponseError(details, context);
}
