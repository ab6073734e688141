import createClient, {
  type Client,
  type ClientPathsWithMethod,
  createFinalURL,
  createQuerySerializer,
  defaultPathSerializer,
  type ParamsOption,
  type RequestBodyOption,
} from "openapi-fetch";
import type { paths } from "../../generated/openapi.js";

/** The typed client of openapi-fetch for all paths of the API. */
export type LinqApi = Client<paths>;

/** A request without its token, the same for every attempt. */
export interface Message {
  readonly url: string;
  readonly method: string;
  /** Names are in lower case. Each attempt adds the token. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** An answer whose body has arrived, so reading it can neither wait nor fail. */
export interface WholeAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed text; undefined if it is not JSON. */
  readonly json: { readonly value: unknown } | undefined;
}

type Method = "get" | "post" | "put" | "delete";

/** Makes the message for an operation of the specification, from its parameters and its body. */
export type CreateMessage = <
  Name extends Method,
  Path extends ClientPathsWithMethod<LinqApi, Name>,
>(
  method: Name,
  path: Path,
  input: ParamsOption<paths[Path][Name]> & RequestBodyOption<paths[Path][Name]>,
) => Message;

const ACCEPT = { accept: "application/json" };

/** The openapi-fetch client for users, with real `Request` and `Response` objects. */
export function createPublicApi(
  baseUrl: string,
  fetch: (request: Request) => Promise<Response>,
): LinqApi {
  return createClient<paths>({ baseUrl, fetch, headers: ACCEPT });
}

/**
 * Makes the library's own messages, with the types and URLs of openapi-fetch. This does not use the
 * openapi-fetch client: middleware that a user adds to it could change what the guard sees, and it makes
 * `Headers`, a `Request` and a `Response` that nothing here needs.
 */
export function createMessages(baseUrl: string): CreateMessage {
  const querySerializer = createQuerySerializer();
  const pathSerializer = defaultPathSerializer;
  return (method, path, { params = {}, body }: { params?: object; body?: unknown }) => ({
    url: createFinalURL(path, { baseUrl, params, querySerializer, pathSerializer }),
    method: method.toUpperCase(),
    headers: body === undefined ? ACCEPT : { ...ACCEPT, "content-type": "application/json" },
    body: body === undefined ? null : JSON.stringify(body),
  });
}
