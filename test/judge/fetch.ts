import type { Answer } from "./answer.js";
import type { Incoming } from "./incoming.js";

/**
 * Makes a `fetch` of a server. A cut connection rejects as it does in Node. A request that is
 * aborted rejects at once, and still reaches the server, since it has been sent.
 */
export function createFetch(
  handle: (incoming: Incoming) => Promise<Answer | "cut">,
): typeof globalThis.fetch {
  return async (input, init) => {
    const signal = init?.signal ?? (input instanceof Request ? input.signal : undefined);
    signal?.throwIfAborted();
    const answer = await untilAborted(
      exchange(new Request(input, { ...init, signal: null })),
      signal,
    );
    if (answer === "cut") throw makeCut();
    const { status, headers, text } = answer;
    return new Response(text === "" ? null : text, { status, headers });
  };

  async function exchange(request: Request): Promise<Answer | "cut"> {
    const { method, url, headers } = request;
    return handle({
      method,
      path: new URL(url).pathname,
      token: headers.get("x-linq-integration-token") ?? "",
      contentType: headers.get("content-type") ?? "",
      text: await request.text(),
    });
  }
}

function untilAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      // The caller gets back the reason it aborted with.
      reject(signal?.reason as Error);
    };
    signal?.addEventListener("abort", stop, { once: true });
    promise.then(resolve, reject).finally(() => signal?.removeEventListener("abort", stop));
  });
}

function makeCut(): TypeError {
  const cause = Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });
  return new TypeError("fetch failed", { cause });
}
