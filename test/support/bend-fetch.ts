/** A request on its way to the server. */
export interface PassingRequest {
  readonly method: string;
  readonly url: URL;
  /** The JSON that is sent; undefined where there is none. */
  readonly body: unknown;
  /** How many requests of this method have passed, this one included. */
  readonly nth: number;
}

/** Decides what happens to a request; `send` forwards it and returns the server's answer. */
export type Bend = (
  request: PassingRequest,
  send: () => Promise<Response>,
) => Promise<Response> | Response;

/** A `fetch` that a test intercepts: other things happen meanwhile, or the answer is changed. */
export function bendFetch(fetch: typeof globalThis.fetch, bend: Bend): typeof globalThis.fetch {
  const counts = new Map<string, number>();
  return async (input, init) => {
    const request = new Request(input, init);
    const text = await request.clone().text();
    const { method } = request;
    const nth = (counts.get(method) ?? 0) + 1;
    counts.set(method, nth);
    const body: unknown = text === "" ? undefined : JSON.parse(text);
    return bend({ method, url: new URL(request.url), body, nth }, () => fetch(request));
  };
}

/** The same answer with its JSON changed by hand. */
export async function rewriteJson(
  response: Response,
  rewrite: (text: string) => string,
): Promise<Response> {
  const { status, headers } = response;
  return new Response(rewrite(await response.text()), { status, headers });
}
