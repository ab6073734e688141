import type { ServerResponse } from "node:http";
import { firstHalf, type Message, type Reply } from "./reply.js";

/** Sends a reply, or what there is of it, and does to the connection what the reply says. */
export function sendReply({ ending, message }: Reply, outgoing: ServerResponse): void {
  if (message === undefined) {
    if (ending === "break") outgoing.socket?.resetAndDestroy();
    return;
  }
  const { status, headers, body = "" } = message;
  outgoing.writeHead(status, { ...headers, ...describeLength(message) });
  if (ending === "whole") outgoing.end(body);
  else outgoing.write(firstHalf(body), () => ending === "break" && outgoing.destroy());
}

/** The length of the whole body, so that a client can tell that a part is one. */
function describeLength({ status, body = "" }: Message): Record<string, number> {
  // An answer of this kind has no body by definition, and no length (RFC 9110, section 8.6).
  return status === 204 ? {} : { "content-length": new TextEncoder().encode(body).length };
}
