/** A request that has been read to its end. */
export interface ReadRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  /** The body; empty for none. */
  readonly text: string;
}

/** Rejects with the reason of the signal when that aborts, and as `fetch` does for a used body. */
export async function readRequest(request: Request): Promise<ReadRequest> {
  const { method, url, headers, signal } = request;
  signal.throwIfAborted();
  const text = await request.text();
  signal.throwIfAborted();
  return { method, url: new URL(url), headers, text };
}
