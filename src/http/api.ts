import createClient, { type Client } from "openapi-fetch";
import type { paths } from "../../generated/openapi.js";

/** The typed client of openapi-fetch for all paths of the API. */
export type LinqApi = Client<paths>;

/** The one place that knows openapi-fetch: a client of it on top of our transport. */
export function createApi(
  baseUrl: string,
  fetch: (request: Request) => Promise<Response>,
): LinqApi {
  return createClient<paths>({ baseUrl, fetch, headers: { Accept: "application/json" } });
}
