import type { ServerResponse } from "node:http";
import { firstHalf, type Message, type Reply } from "./reply.js";

/** Sends a reply, and then ends, breaks or stalls the connection as the reply says. */
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

/** The length of the whole body, so that a client can tell that a body is incomplete. */
function describeLength({ status, body = "" }: Message): Record<string, number> {
  // A 204 has no body and no length (RFC 9110, section 8.6).
  return status === 204 ? {} : { "content-length": new TextEncoder().encode(body).length };
}
