import { TOKEN_HEADER } from "../../generated/constants.js";
import { InvalidResponseError } from "../errors/invalid-response-error.js";
import { LinqConnectionError } from "../errors/connection-error.js";
import { LinqTimeoutError, type TimeoutPhase } from "../errors/timeout-error.js";
import type { RequestContext } from "../errors/request-context.js";
import { UnexpectedRedirectError } from "../errors/unexpected-redirect-error.js";
import type { Call } from "./call.js";
import { withDeadline } from "./deadline.js";
import { findSystemCode } from "./system-code.js";
import { resolveToken, type Token } from "./token.js";
import { redactCause } from "./redact-cause.js";

/** What a transport is made from. */
export interface TransportOptions {
  readonly token: Token | undefined;
  readonly fetch: typeof globalThis.fetch | undefined;
}

/** Sends one request and gives its answer, complete to the last byte. */
export type Transport = (request: Request, call: Call) => Promise<Response>;

/** A list from a cache would show the guard a past in which its own subscription does not exist. */
const NO_CACHE: RequestInit = "cache" in Request.prototype ? { cache: "no-store" } : {};

/** The statuses with which the Fetch standard allows no body. */
const NULL_BODY_STATUSES = [204, 205];

/**
 * Makes the one way out to the API. It adds the token, never follows a redirect, and holds the whole
 * exchange, to the last byte of the body, to the call's time. Any status but 3xx is an answer.
 */
export function createTransport({ token, fetch }: TransportOptions): Transport {
  return async (request, call) => {
    const context = { method: request.method, path: new URL(request.url).pathname };
    // Some browsers have no `request.body`, so only the text tells whether there is one.
    const body = (await request.text()) || null;
    let phase: TimeoutPhase = "headers";

    return withDeadline(
      {
        signal: call.signal,
        timeout: call.timeout,
        onTimeout: () => new LinqTimeoutError({ ...context, phase, timeout: call.timeout }),
      },
      async (signal) => {
        const headers = new Headers(request.headers);
        if (token !== undefined) {
          const value = await resolveToken(token);
          call.hide(value);
          headers.set(TOKEN_HEADER, value);
          // Whoever has been told that it is over must not find it sent after all.
          signal.throwIfAborted();
        }
        const send = fetch ?? globalThis.fetch;
        try {
          const response = await send(request.url, {
            ...NO_CACHE,
            method: request.method,
            headers,
            body,
            signal,
            redirect: "manual",
          });
          refuseRedirect(response, context);
          phase = "body";
          return complete(response, await response.arrayBuffer(), context);
        } catch (error) {
          if (error instanceof UnexpectedRedirectError || error instanceof InvalidResponseError) {
            throw error;
          }
          const systemCode = call.redact(findSystemCode(error) ?? "") || undefined;
          throw new LinqConnectionError(
            { ...context, systemCode },
            { cause: redactCause(error, call.redact) },
          );
        }
      },
    );
  };
}

function refuseRedirect(response: Response, context: RequestContext): void {
  const { status, type } = response;
  if (type !== "opaqueredirect" && (status < 300 || status > 399)) return;
  // Nobody will read the body; a failure to cancel it changes nothing.
  response.body?.cancel().catch(() => undefined);
  throw new UnexpectedRedirectError({ ...context, status });
}

/** The same answer with its body in hand, so that reading it can neither wait nor fail. */
function complete(
  { status, headers }: Response,
  bytes: ArrayBuffer,
  context: RequestContext,
): Response {
  if (status < 200 || status > 599) {
    throw new InvalidResponseError({
      ...context,
      status,
      contentType: headers.get("content-type") ?? undefined,
      field: "",
      expected: "sent with an HTTP status from 200 to 599",
      preview: "",
    });
  }
  // Without the status text: HTTP/2 has none, and servers put there what `Response` does not take.
  return new Response(NULL_BODY_STATUSES.includes(status) ? null : bytes, { status, headers });
}
