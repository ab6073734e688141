import type { ServerResponse } from "node:http";
import type { Answer } from "../server/local-server.js";
import { readArrival } from "./arrival.js";
import type { Deliveries } from "./take-deliveries.js";

/**
 * Answers the requests to the receiver.
 *
 * @param isVerified - whether the receiver verifies signatures.
 */
export function createListenerAnswer(
  deliveries: Deliveries,
  path: string,
  isVerified: boolean,
): Answer {
  return async (incoming, outgoing) => {
    const [pathname] = (incoming.url ?? "").split("?", 1);
    if (pathname !== path) {
      send(outgoing, 404, "nothing takes deliveries at this path");
      return;
    }
    if (incoming.method !== "POST") {
      outgoing.setHeader("allow", "POST");
      send(outgoing, 405, "this path takes only POST");
      return;
    }
    // Any page on the web can make a browser send this request. Linq never sends an Origin header.
    if (!isVerified && incoming.headers.origin !== undefined) {
      send(outgoing, 403, "a delivery does not come from a page in a browser");
      return;
    }
    const arrival = await readArrival(incoming);
    // The rest of a body that is too large is not read.
    if (!arrival.body) outgoing.setHeader("connection", "close");
    const { answer } = await deliveries.take(arrival);
    for (const [name, value] of answer.headers) outgoing.appendHeader(name, value);
    outgoing.writeHead(answer.status);
    outgoing.end(answer.body);
  };
}

function send(outgoing: ServerResponse, status: number, text: string): void {
  outgoing.writeHead(status, { "content-type": "text/plain; charset=utf-8", connection: "close" });
  outgoing.end(text);
}
