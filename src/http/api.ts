import createClient, { type Client } from "openapi-fetch";
import type { paths } from "../../generated/openapi.js";
import type { RequestContext } from "../errors/request-error.js";

/** The typed client of openapi-fetch for all paths of the API. */
export type LinqApi = Client<paths>;

/** What is to be sent, the same at every attempt. */
export interface Message {
  readonly url: string;
  readonly method: string;
  /** Each attempt writes its token there. */
  readonly headers: Headers;
  readonly body: string | null;
}

/** An answer with its body in hand, so that reading it can neither wait nor fail. */
export interface WholeAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** What the text is as JSON, if it is that. */
  readonly json: { readonly value: unknown } | undefined;
}

/** The options that lead a request of {@link createInternalApi} through the transport. */
export interface InternalOptions {
  /** Said again with each request, since openapi-fetch would also take one from `Object.prototype`. */
  readonly baseUrl: string;
  readonly fetch: (request: Request) => Promise<Response>;
  readonly parseAs: "stream";
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

/** One request that has been answered. */
export interface Exchange {
  readonly answer: WholeAnswer;
  readonly context: RequestContext;
}

/** Stands in for a response: all of it that openapi-fetch reads, and what it is to hand on. */
interface Carrier extends Pick<Response, "status" | "ok" | "headers" | "text"> {
  readonly exchange: Exchange;
}

/** Makes the options that lead a request through `send`. */
export function leadThrough(
  baseUrl: string,
  send: (message: Message) => Promise<Exchange>,
): InternalOptions {
  return {
    baseUrl,
    fetch: async (request) => {
      const exchange = await send(request as unknown as Message);
      const { status, headers } = exchange.answer;
      const text = (): Promise<string> => Promise.resolve("");
      const carrier: Carrier = { status, ok: status < 300, headers, text, exchange };
      return carrier as unknown as Response;
    },
    // It then reads nothing.
    parseAs: "stream",
  };
}

/** What {@link leadThrough} has led through. */
export function exchangeOf({ response }: { readonly response: Response }): Exchange {
  return (response as unknown as Carrier).exchange;
}

/** Stands in for the constructor of `Request`. */
function toMessage(
  url: string,
  { method, headers, body = null }: { method: string; headers: Headers; body?: string | null },
): Message {
  return { url, method, headers, body };
}
