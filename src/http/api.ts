import createClient, { type Client } from "openapi-fetch";
import type { paths } from "../../generated/openapi.js";

/** The typed client of openapi-fetch for all paths of the API. */
export type LinqApi = Client<paths>;

/** What is to be sent, the same at every attempt. */
export interface Message {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: string | null;
}

/** An answer with its body in hand, so that reading it can neither wait nor fail. */
export interface WholeAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** The options that lead a request of {@link createInternalApi} through the transport. */
export interface InternalOptions {
  /** Said again with each request, since openapi-fetch would also take one from `Object.prototype`. */
  readonly baseUrl: string;
  readonly fetch: (request: Request) => Promise<Response>;
  readonly parseAs: "text";
}

const HEADERS = { Accept: "application/json" };

/** openapi-fetch for users, with real requests and responses. */
export function createPublicApi(
  baseUrl: string,
  fetch: (request: Request) => Promise<Response>,
): LinqApi {
  return createClient<paths>({ baseUrl, fetch, headers: HEADERS });
}

/**
 * openapi-fetch for ourselves, to be called with {@link leadThrough}. Neither `Request` nor `Response`
 * is made on the way, which would take longer than all the rest. It is a client of its own also since
 * middleware that users add to theirs may change what the guard sees.
 */
export function createInternalApi(baseUrl: string): LinqApi {
  // openapi-fetch makes one with `new`, reads its method, and hands it to `fetch`.
  const Request = toMessage as unknown as typeof globalThis.Request;
  return createClient<paths>({ baseUrl, Request, headers: HEADERS });
}

/** Makes the options that lead a request through `send`. */
export function leadThrough(
  baseUrl: string,
  send: (message: Message) => Promise<WholeAnswer>,
): InternalOptions {
  return {
    baseUrl,
    // The request is a message, and this is all of a response that is read.
    fetch: async (request) => {
      const { status, headers, text } = await send(request as unknown as Message);
      return {
        status,
        ok: status < 300,
        headers,
        text: () => Promise.resolve(text),
      } as Response;
    },
    parseAs: "text",
  };
}

/** Stands in for the constructor of `Request`. */
function toMessage(
  url: string,
  { method, headers, body = null }: { method: string; headers: Headers; body?: string | null },
): Message {
  return { url, method, headers, body };
}
