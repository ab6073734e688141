import { InvalidInputError } from "../errors/invalid-input-error.js";
import type { RequestContext } from "../errors/request-error.js";
import { type Answer, readAnswer } from "./answer.js";
import {
  type CreateMessage,
  createMessages,
  createPublicApi,
  type LinqApi,
  type Message,
  type WholeAnswer,
} from "./api.js";
import { type Call, runCall } from "./call.js";
import { type CallOptions, type Limits } from "./call-options.js";
import { createTransport, type TransportOptions } from "./transport.js";

/** The options of {@link createHttp}. */
export interface HttpOptions extends TransportOptions {
  readonly baseUrl: string;
  readonly limits: Limits;
}

/** Requests to the API for the methods of the client. */
export interface Http {
  /** The openapi-fetch client for users, on the same transport. */
  readonly api: LinqApi;
  /** Makes the message for `request`. */
  readonly createMessage: CreateMessage;
  /** Runs a method as one call, which all of its requests share. */
  readonly run: <T>(options: CallOptions, task: (call: Call) => Promise<T>) => Promise<T>;
  /**
   * Makes one request as a part of a call.
   *
   * @param freshUntil The time of the clock, in ms, after which it may not be sent; see {@link Transport}.
   * @throws {LinqApiError} for a status that is not 2xx.
   * @throws {InvalidResponseError} for a 2xx body that is neither JSON nor empty.
   */
  readonly request: (call: Call, message: Message, freshUntil?: number) => Promise<Answer>;
}

export function createHttp({ baseUrl, limits, ...options }: HttpOptions): Http {
  const transport = createTransport(options);
  const forUsers = (request: Request): Promise<Response> =>
    runCall({ signal: request.signal }, limits, false, async (call) => {
      // A request option or middleware can change the address, and the token must not go elsewhere.
      if (!request.url.startsWith(`${baseUrl}/`)) {
        throw new InvalidInputError("baseUrl", "the client's own, because the token is sent to it");
      }
      const { url, method } = request;
      const headers = Object.fromEntries(request.headers);
      // Some browsers have no `request.body`, so only the text shows whether there is a body.
      const body = method === "GET" ? null : (await request.text()) || null;
      const message = { url, method, headers, body };
      return toResponse(await transport(message, call, contextOf(message, call)));
    });
  return {
    api: createPublicApi(baseUrl, forUsers),
    createMessage: createMessages(baseUrl),
    run: (callOptions, task) => runCall(callOptions, limits, true, task),
    request: async (call, message, freshUntil) => {
      const context = contextOf(message, call);
      return readAnswer(await transport(message, call, context, freshUntil), context, call);
    },
  };
}

function contextOf({ method, url }: Message, { attempts }: Call): RequestContext {
  return { method, path: pathOf(url), attempts };
}

/** The path of a normalised URL. `new URL` would take longer than openapi-fetch does. */
function pathOf(url: string): string {
  const start = url.indexOf("/", url.indexOf("//") + 2);
  const end = url.slice(start).search(/[?#]/);
  return end < 0 ? url.slice(start) : url.slice(start, start + end);
}

/** The statuses for which the Fetch standard allows no body. */
const NULL_BODY_STATUSES = [204, 205, 304];

/** Leaves out the status text: HTTP/2 has none, and `Response` refuses the texts of some servers. */
function toResponse({ status, headers, text }: WholeAnswer): Response {
  // As bytes, because `Response` would add a content type for a string.
  const body = NULL_BODY_STATUSES.includes(status) ? null : new TextEncoder().encode(text);
  return new Response(body, { status, headers });
}
