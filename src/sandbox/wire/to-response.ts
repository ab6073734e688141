import { firstHalf, type Message, type Reply } from "./reply.js";
import { untilAborted } from "./until-aborted.js";

/**
 * Turns a reply into the result of `fetch` in Node: the same error with the same codes if the connection
 * breaks, and the reason of the signal if the client gives up.
 */
export function toResponse(reply: Reply, request: Request): Promise<Response> {
  if (reply.ending === "whole") return Promise.resolve(build(reply.message, reply.message.body));
  const { ending, message } = reply;
  if (message !== undefined) {
    return Promise.resolve(build(message, streamHalf(message.body ?? "", ending, request)));
  }
  if (ending === "stall") return untilAborted(request);
  const cause = withCode(new Error("read ECONNRESET"), "ECONNRESET");
  return Promise.reject(new TypeError("fetch failed", { cause }));
}

function build({ status, headers }: Message, body: string | ReadableStream | undefined): Response {
  return new Response(body ?? null, { status, headers });
}

function streamHalf(body: string, ending: "break" | "stall", request: Request): ReadableStream {
  const ended = new AbortController();
  let isSent = false;
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        if (!isSent) {
          isSent = true;
          controller.enqueue(firstHalf(body));
        } else if (ending === "stall") {
          await untilAborted(request, ended.signal);
        } else {
          const cause = withCode(new Error("other side closed"), "UND_ERR_SOCKET");
          controller.error(new TypeError("terminated", { cause }));
        }
      },
      cancel: () => {
        ended.abort();
      },
    },
    // Nothing is produced before the client reads it.
    { highWaterMark: 0 },
  );
}

/** Adds a code to an error, as Node does for sockets. */
function withCode(error: Error, code: string): Error {
  return Object.assign(error, { code });
}
