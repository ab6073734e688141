/** A request as it left the client. */
export interface ObservedRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: string | undefined;
  readonly init: RequestInit;
}

export interface ObservedFetch {
  readonly fetch: typeof globalThis.fetch;
  /** What was sent so far, first one first. */
  readonly requests: readonly ObservedRequest[];
}

/** A `fetch` to hand to a client: it notes each request and answers with what `answer` returns. */
export function observeFetch(
  answer: (request: ObservedRequest, index: number) => Response | Promise<Response>,
): ObservedFetch {
  const requests: ObservedRequest[] = [];
  return {
    requests,
    fetch: async (input, init = {}) => {
      const sent = new Request(input, init);
      const text = await sent.text();
      const request: ObservedRequest = {
        url: sent.url,
        method: sent.method,
        headers: sent.headers,
        body: text === "" ? undefined : text,
        init,
      };
      requests.push(request);
      return answer(request, requests.length - 1);
    },
  };
}
