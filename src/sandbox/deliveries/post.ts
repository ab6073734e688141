import { comparableUrl } from "../web-url.js";

/** Receives deliveries in place of a server. What it throws counts as a failed delivery. */
export type WebhookReceiver = (request: Request) => Response | Promise<Response>;

/** POSTs to a webhook URL. */
export type Post = (url: string, init: RequestInit) => Promise<Response>;

/** Makes a {@link Post} that prefers the receivers given to it over the network. */
export function createPost(
  receivers: Readonly<Record<string, WebhookReceiver>>,
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
