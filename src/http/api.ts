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

/** What is to be sent, the same at every attempt. */
export interface Message {
  readonly url: string;
  readonly method: string;
  /** By name in lower case; each attempt adds its token. */
  readonly headers: Readonly<Record<string, string>>;
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

type Method = "get" | "post" | "put" | "delete";

/** Makes the message of an operation, which the specification knows, with its parameters and its body. */
export type CreateMessage = <
  Name extends Method,
  Path extends ClientPathsWithMethod<LinqApi, Name>,
>(
  method: Name,
  path: Path,
  input: ParamsOption<paths[Path][Name]> & RequestBodyOption<paths[Path][Name]>,
) => Message;

const ACCEPT = { accept: "application/json" };

/** openapi-fetch for users, with real requests and responses. */
export function createPublicApi(
  baseUrl: string,
  fetch: (request: Request) => Promise<Response>,
): LinqApi {
  return createClient<paths>({ baseUrl, fetch, headers: ACCEPT });
}

/**
 * Makes messages for ourselves, with openapi-fetch's types and URLs. Its client would make a `Headers`
 * or two for each request, which takes longer than all the rest here, and users may add middleware to
 * theirs, which could change what the guard sees.
 */
export function createMessages(baseUrl: string): CreateMessage {
  const querySerializer = createQuerySerializer();
  const options = { baseUrl, querySerializer, pathSerializer: defaultPathSerializer };
  return (method, path, { params, body }: { params?: object; body?: unknown }) => ({
    url: createFinalURL(path, { ...options, params: { ...params } }),
    method: method.toUpperCase(),
    headers: body === undefined ? ACCEPT : { ...ACCEPT, "content-type": "application/json" },
    body: body === undefined ? null : JSON.stringify(body),
  });
}
