import type { IncomingMessage, ServerResponse } from "node:http";
import { parseUrl } from "../../checks/parse-url.js";
import { toAnswer } from "../api/answer.js";
import { Refusal } from "../api/refusal.js";
import type { Respond } from "./listen.js";
import { type Reply, toMessage } from "./reply.js";
import { sendReply } from "./send-reply.node.js";

/**
 * Creates the request listener of a server.
 *
 * @param names - the names allowed in the `Host` header, in addition to those of loopback.
 */
export function createListener(
  respond: Respond,
  names: readonly string[],
): (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void> {
  const known = new Set(names.map((name) => name.toLowerCase()));
  return async (incoming, outgoing) => {
    const refusal = refuse(incoming, known);
    if (refusal) sendReply(toReply(refusal), outgoing);
    else await serve(incoming, outgoing, respond);
  };
}

/** The names of loopback. */
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/i;

/** Why a request is refused before it is read; undefined if it is not. */
function refuse(
  { headers, method, url = "" }: IncomingMessage,
  names: ReadonlySet<string>,
): Refusal | undefined {
  const name = (headers.host ?? "").replace(/:\d+$/, "").toLowerCase();
  if (!LOOPBACK.test(name) && !names.has(name) && !names.has(name.replace(/^\[|\]$/g, ""))) {
    return new Refusal(
      421,
      "The sandbox answers to loopback only, and to names that `allowedHosts` or --allow-host allows",
    );
  }
  // `Request` does not support TRACE.
  if (method === "TRACE")
    return new Refusal(405, "TRACE is not allowed", {
      headers: { allow: "GET, POST, PUT, DELETE" },
    });
  const isUrl = url.startsWith("/") || parseUrl(url) !== undefined;
  return isUrl ? undefined : new Refusal(404, "There is nothing at this path");
}

async function serve(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  respond: Respond,
): Promise<void> {
  const gone = new AbortController();
  outgoing.once("close", () => {
    gone.abort();
  });
  const reply = await toRequest(incoming, gone.signal).then(respond).catch(toFailure);
  // Nothing is sent to a client that has disconnected.
  if (!gone.signal.aborted) sendReply(reply, outgoing);
}

async function toRequest(incoming: IncomingMessage, signal: AbortSignal): Promise<Request> {
  const { method = "GET", url = "/", rawHeaders } = incoming;
  const headers = new Headers();
  for (let index = 0; index < rawHeaders.length; index += 2) {
    headers.append(rawHeaders[index] ?? "", rawHeaders[index + 1] ?? "");
  }
  const body = await readBody(incoming);
  const mayHaveBody = method !== "GET" && method !== "HEAD";
  // Only the path counts. The URL is concatenated, since `new URL("//a/b", base)` would replace the host.
  return new Request(url.startsWith("/") ? `http://localhost${url}` : url, {
    method,
    headers,
    body: mayHaveBody ? body : null,
    signal,
  });
}

async function readBody(incoming: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  let length = 0;
  // Without an encoding, a request yields only buffers.
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BODY) {
      const headers = { connection: "close" };
      throw new Refusal(413, "The body has more than 1,048,576 bytes", { headers });
    }
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

/** In bytes: 1 MiB. */
const MAX_BODY = 1_048_576;

function toFailure(error: unknown): Reply {
  if (error instanceof Refusal) return toReply(error);
  const reason = error instanceof Error ? error.message : String(error);
  return toReply(new Refusal(500, `The sandbox failed: ${reason}`));
}

function toReply(refusal: Refusal): Reply {
  return { ending: "whole", message: toMessage(toAnswer(refusal, "flat")) };
}
