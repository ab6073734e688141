import type { ServerResponse } from "node:http";
import type { Answer } from "../server/local-server.js";
import { readArrival } from "./arrival.js";
import type { Deliveries } from "./take-deliveries.js";

/**
 * Takes what is for the receiver.
 *
 * @param isVerified - whether signatures tell who has sent something.
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
      send(outgoing, 405, "only POST");
      return;
    }
    // Any page on the web can make a browser send this, and Linq is no browser.
    if (!isVerified && incoming.headers.origin !== undefined) {
      send(outgoing, 403, "a page in a browser sends no deliveries");
      return;
    }
    const arrival = await readArrival(incoming);
    // What has not been read is not read any more.
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
