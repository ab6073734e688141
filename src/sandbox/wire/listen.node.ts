import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { toAnswer } from "../api/answer.js";
import type { ListenOptions, Respond, SandboxServer } from "./listen.js";
import { Refusal } from "../api/refusal.js";
import { type Reply, toMessage } from "./reply.js";
import { sendReply } from "./send-reply.node.js";

/**
 * Serves over HTTP.
 *
 * @throws {Error} when the port cannot be had.
 */
export async function listen(
  respond: Respond,
  { port = 0, host = "127.0.0.1" }: ListenOptions = {},
): Promise<SandboxServer> {
  const server = createServer((incoming, outgoing) => {
    void serve(incoming, outgoing, respond);
  });
  await startListening(server, port, host);
  // A server on a port has an address with a port; only one on a pipe has a string.
  const address = server.address() as AddressInfo;
  let closed: Promise<void> | undefined;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${address.port}`,
    port: address.port,
    close: () => (closed ??= stopListening(server)),
  };
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
  const reply = await toRequest(incoming, gone.signal).then(respond).catch(toInternalError);
  // When the client has gone there is nobody left to tell.
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
  // Only the path counts. The URL is put together by hand since `new URL("//a/b", base)` leaves the base.
  return new Request(url.startsWith("/") ? `http://localhost${url}` : url, {
    method,
    headers,
    body: mayHaveBody ? body : null,
    signal,
  });
}

async function readBody(incoming: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  // Without an encoding set, a request gives nothing but buffers.
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
  return new Uint8Array(Buffer.concat(chunks));
}

function toInternalError(error: unknown): Reply {
  const reason = error instanceof Error ? error.message : String(error);
  const refusal = new Refusal(500, `The sandbox failed: ${reason}`);
  return { ending: "whole", message: toMessage(toAnswer(refusal, "flat")) };
}

function startListening(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (cause: NodeJS.ErrnoException): void => {
      const isTaken = cause.code === "EADDRINUSE";
      const reason = isTaken
        ? "the port is in use; choose another, or 0 for a free one"
        : cause.message;
      reject(new Error(`Cannot serve on ${host}:${port}: ${reason}`, { cause }));
    };
    server.once("error", fail);
    server.listen(port, host, () => {
      server.off("error", fail);
      resolve();
    });
  });
}

function stopListening(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => {
      if (error) reject(error);
      else resolve();
    });
    server.closeAllConnections();
  });
}
