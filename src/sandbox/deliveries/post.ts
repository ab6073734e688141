import type { SandboxOptions } from "../sandbox-options.js";
import { comparableUrl } from "../web-url.js";

/** POSTs to a webhook URL. */
export type Post = (url: string, init: RequestInit) => Promise<Response>;

/** Creates a {@link Post} that uses the given receivers, and the network for all other URLs. */
export function createPost(
  receivers: NonNullable<SandboxOptions["receivers"]>,
  fetch: typeof globalThis.fetch = (input, init) => globalThis.fetch(input, init),
): Post {
  const receiversByUrl = new Map(
    Object.entries(receivers).map(([url, receiver]) => [comparableUrl(url), receiver]),
  );
  return async (url, init) => {
    const receiver = receiversByUrl.get(comparableUrl(url));
    return receiver
      ? receiver(new Request(url, { ...init, method: "POST" }))
      : fetch(url, { ...init, method: "POST" });
  };
}
