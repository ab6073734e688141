import { InvalidInputError } from "../errors/invalid-input-error.js";
import type { RequestContext } from "../errors/request-error.js";
import { type Answer, type ApiResult, readAnswer } from "./answer.js";
import { createApi, type LinqApi } from "./api.js";
import type { WholeAnswer } from "./attempt.js";
import { type Call, type CallOptions, type Limits, runCall } from "./call.js";
import { createTransport, type TransportOptions } from "./transport.js";

/** What {@link createHttp} is made from. */
export interface HttpOptions extends TransportOptions {
  readonly baseUrl: string;
  readonly limits: Limits;
}

/** Sends a request through openapi-fetch with the options that make it a part of its call. */
type Send = (
  api: LinqApi,
  options: { fetch: (request: Request) => Promise<Response>; parseAs: "text" },
) => Promise<ApiResult>;

/** Requests to the API, as the methods of the client make them. */
export interface Http {
  /** openapi-fetch's own client, for users, on the same transport. */
  readonly api: LinqApi;
  /** Runs a method as one call, to which its requests belong. */
  readonly run: <T>(options: CallOptions, task: (call: Call) => Promise<T>) => Promise<T>;
  /**
   * Makes one request as a part of a call.
   *
   * @throws {LinqApiError} for every status that is not 2xx.
   * @throws {InvalidResponseError} for a 2xx body that is neither JSON nor empty.
   */
  readonly request: (call: Call, send: Send) => Promise<Answer>;
}

export function createHttp({ baseUrl, limits, ...options }: HttpOptions): Http {
  const transport = createTransport(options);
  const forUsers = (request: Request): Promise<Response> =>
    runCall({ signal: request.signal }, limits, false, async (call) => {
      // An option of a request, or middleware, can lead elsewhere; the token must not go there.
      if (!request.url.startsWith(`${baseUrl}/`)) {
        throw new InvalidInputError("baseUrl", "that of the client, since the token goes along");
      }
      return toResponse(await transport(request, call));
    });
  // A client of our own, since middleware that a user adds to his may change what the guard sees.
  const ownApi = createApi(baseUrl, forUsers);

  return {
    api: createApi(baseUrl, forUsers),
    run: (callOptions, task) => runCall(callOptions, limits, true, task),
    request: async (call, send) => {
      const { attempts } = call;
      let context: RequestContext = { method: "", path: "", attempts };
      const fetch = async (request: Request): Promise<Response> => {
        context = { method: request.method, path: new URL(request.url).pathname, attempts };
        return toReadable(await transport(request, call));
      };
      try {
        const result = await send(ownApi, { fetch, parseAs: "text" });
        return readAnswer(result, context, call);
      } catch (error) {
        // openapi-fetch loses a reason such as null, and fails with a TypeError of its own.
        call.signal.throwIfAborted();
        throw error;
      }
    },
  };
}

/** The statuses with which the Fetch standard allows no body. */
const NULL_BODY_STATUSES = [204, 205];

/** Without the status text: HTTP/2 has none, and servers put there what `Response` does not take. */
function toResponse({ status, headers, bytes }: WholeAnswer): Response {
  return new Response(NULL_BODY_STATUSES.includes(status) ? null : bytes, { status, headers });
}

/** As much of a `Response` as openapi-fetch reads of one; a whole one would make a stream for it. */
function toReadable({ status, headers, bytes }: WholeAnswer): Response {
  const text = (): Promise<string> => Promise.resolve(new TextDecoder().decode(bytes));
  return { status, ok: status < 300, headers, text } as Response;
}
